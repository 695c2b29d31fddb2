package region

var levels = map[Level]string{
	Country:    "region.country",
	Province:   "region.province",
	Prefecture: "region.prefecture",
	County:     "region.county",
	Township:   "region.township",
	Village:    "region.village",
}

// Word is the key of the level's name in the catalogue, "" for what is no level: what a page calls the places it lists.
func (l Level) Word() string { return levels[l] }
