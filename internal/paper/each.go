package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
)

// Named is a paper with the name of its file, without ".pdf".
type Named struct {
	Name string
	Paper
}

// WriteEach prints each paper into a file of its own, tagged for screen readers, and all files into one archive (ZIP) in their order; names that are
// taken already get a number. Its errors are those of Write; what w has got by then is to be thrown away.
func WriteEach(w io.Writer, papers []Named) error {
	type printed struct {
		pdf []byte
		err error
	}
	slots := make(chan chan printed, runtime.GOMAXPROCS(0)) // one for each paper that is being set, in their order
	var kept cuttings
	go func() {
		defer close(slots)
		for _, p := range papers {
			slot := make(chan printed, 1)
			slots <- slot
			go func() {
				var b bytes.Buffer
				err := pressKept(&b, p.Paper, &kept)
				slot <- printed{b.Bytes(), err}
			}()
		}
	}()
	archive, taken, i := zip.NewWriter(w), map[string]int{}, 0
	var failed error
	for slot := range slots { // to the end, so that nobody is left setting
		one := <-slot
		name := papers[i].Name
		i++
		if failed != nil {
			continue
		}
		if taken[name]++; taken[name] > 1 {
			name = fmt.Sprintf("%s-%d", name, taken[name])
		}
		if failed = one.err; failed == nil {
			failed = store(archive, name+".pdf", one.pdf)
		}
		if failed != nil {
			failed = fmt.Errorf("%s: %w", name, failed)
		}
	}
	if failed != nil {
		return failed
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("closing the archive: %w", err)
	}
	return nil
}

// store puts a file into an archive as it is: what a PDF holds is compressed already.
func store(archive *zip.Writer, name string, data []byte) error {
	file, err := archive.CreateHeader(&zip.FileHeader{Name: strings.ReplaceAll(name, "/", "／"), Method: zip.Store})
	if err == nil {
		_, err = file.Write(data)
	}
	return err
}
