package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"

	"hefa/internal/fault"
)

func TestEachPaperGetsAFileOfItsOwn(t *testing.T) {
	t.Parallel()
	r := filled("张三丰")["renew"].(Reminder)
	var papers []Named
	for _, name := range []string{"丙", "甲", "丙", "甲/乙"} {
		papers = append(papers, Named{name, r})
	}
	var archive, alone bytes.Buffer
	if err := WriteEach(&archive, papers); err != nil {
		t.Fatal(err)
	}
	if err := Write(&alone, r); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files.File {
		names = append(names, f.Name)
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, alone.Bytes()) {
			t.Errorf("%s differs from the letter printed alone: %v", f.Name, err)
		}
	}
	if want := []string{"丙.pdf", "甲.pdf", "丙-2.pdf", "甲／乙.pdf"}; !slices.Equal(names, want) {
		t.Errorf("the files are %q, not %q", names, want)
	}
}

func TestALetterThatCannotBePrintedStopsTheArchive(t *testing.T) {
	t.Parallel()
	good, bad := filled("张三丰")["renew"].(Reminder), filled("\U0010fffd")["renew"].(Reminder)
	papers := slices.Repeat([]Named{{"好", good}}, 20)
	papers[7] = Named{"坏", bad}
	if err := WriteEach(io.Discard, papers); fault.Of(err) != fault.Refused {
		t.Errorf("the archive ended with %v", err)
	}
}
