package person

import "strings"

// doubled is the family names of two characters; the given name begins after them.
var doubled = map[string]bool{"欧阳": true, "司马": true, "上官": true, "诸葛": true, "司徒": true, "皇甫": true, "尉迟": true, "令狐": true, "慕容": true, "公孙": true, "东方": true,
	"夏侯": true, "长孙": true, "宇文": true, "端木": true, "南宫": true}

// surnames is how a first character is read as a family name where that differs from the ordinary reading.
var surnames = map[rune]string{'单': "shan", '曾': "zeng", '仇': "qiu", '解': "xie", '查': "zha", '盖': "ge", '朴': "piao", '区': "ou", '任': "ren", '华': "hua",
	'尉': "wei", '缪': "miao", '冼': "xian", '员': "yun", '种': "chong", '逄': "pang", '乜': "nie", '召': "shao", '繁': "po", '洗': "xian", '翟': "zhai", '覃': "qin"}

// Given is the name without its family name, so that people are found by what they are called.
func (p Person) Given() string {
	r := []rune(p.Name)
	switch {
	case len(r) < 2:
		return p.Name
	case len(r) > 2 && doubled[string(r[:2])]:
		return string(r[2:])
	default:
		return string(r[1:])
	}
}

// Initials is the first letters of the name's pinyin in lower case, family names read as such: 单小花 is sxh.
func (p Person) Initials() string {
	var b strings.Builder
	for _, s := range p.Pinyin() {
		b.WriteByte(s[0])
	}
	return b.String()
}

// IsLatin says whether q is letters only, and so is meant as initials.
func IsLatin(q string) bool {
	return q != "" && strings.Trim(q, "abcdefghijklmnopqrstuvwxyz") == ""
}
