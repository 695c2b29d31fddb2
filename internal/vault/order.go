package vault

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Names is every backup in a folder in the order in which they were taken, whatever the clock said; none when the folder is not there.
func Names(root string) ([]string, error) {
	out, _, err := ordered(root)
	return out, err
}

// ordered is every backup in a folder in order, and the highest number. One whose manifest is damaged stands behind all that come before by name, so that
// whoever counts on it opens it and is told.
func ordered(root string) (out []string, last int64, err error) {
	found, err := filepath.Glob(filepath.Join(root, prefix+"*", manifestPart))
	if err != nil {
		return nil, 0, err
	}
	place := map[string]int64{}
	for _, f := range found { // by name
		name := filepath.Base(filepath.Dir(f))
		if strings.HasSuffix(name, unfinished) {
			continue
		}
		n, err := numberOf(f)
		switch {
		case errors.Is(err, fs.ErrNotExist): // it was removed just now
			continue
		case errors.Is(err, errNumber):
			n = last
		case err != nil:
			return nil, 0, err
		}
		last = max(last, n)
		out, place[name] = append(out, name), n
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a, b)) })
	return out, last, nil
}

// errNumber says that a manifest is damaged where its number should be.
var errNumber = errors.New("the number of a backup cannot be read")

// numberOf reads as much of a manifest as says its number: 0 when it comes to the tables without one, as in those of older versions.
func numberOf(name string) (int64, error) {
	file, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close() // it was only read
	in := json.NewDecoder(io.LimitReader(file, 1<<12))
	for {
		key, err := in.Token()
		if err != nil {
			return 0, errors.Join(errNumber, err)
		}
		switch key {
		case "tables":
			return 0, nil
		case "number":
			n, err := in.Token()
			if number, ok := n.(float64); ok && err == nil {
				return int64(number), nil
			}
			return 0, errors.Join(errNumber, fmt.Errorf("it is %v", n), err)
		}
	}
}

// next is the number of a backup behind all of a folder, not below the second at which it is taken: so those of two folders that are put together stand in
// the order in which they were taken.
func next(root string, at time.Time) (int64, error) {
	_, last, err := ordered(root)
	return max(last+1, at.Unix()), err
}
