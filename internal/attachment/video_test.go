package attachment

import (
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// box is a part of an MP4.
func box(name, body string) string {
	var size [4]byte
	binary.BigEndian.PutUint32(size[:], uint32(8+len(body)))
	return string(size[:]) + name + body
}

// element is a part of a WebM whose body is shorter than 127 bytes; open leaves its size unknown.
func element(id, body string, open bool) string {
	size := string([]byte{0x80 | byte(len(body))})
	if open {
		size = "\x01\xff\xff\xff\xff\xff\xff\xff"
	}
	return id + size + body
}

const (
	ebmlID    = "\x1a\x45\xdf\xa3"
	segmentID = "\x18\x53\x80\x67"
	tracksID  = "\x16\x54\xae\x6b"
	clusterID = "\x1f\x43\xb6\x75"
	blockID   = "\xa3"
)

func TestAVideoIsTakenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	mp4 := box("ftyp", "isom\x00\x00\x02\x00") + box("mdat", strings.Repeat("v", 300)) + box("moov", "metadata")
	long := box("ftyp", "isom") + "\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x14vvvv" + box("moov", "m")
	last := box("ftyp", "isom") + box("moov", "m") + "\x00\x00\x00\x00mdat" + "to the end"
	recorded := element(ebmlID, "webm", false) + element(segmentID, "", true) + element(tracksID, "t", false) + element(clusterID, "", true) + element(blockID, "picture", false)
	sized := element(ebmlID, "webm", false) + element(segmentID, element(tracksID, "t", false)+element(clusterID, element(blockID, "picture", false), false), false)
	for _, c := range []struct {
		name, kind, content string
		whole               bool
	}{
		{"an MP4 as a phone writes it", MP4, mp4, true},
		{"with a long size", MP4, long, true},
		{"whose last box runs to the end", MP4, last, true},
		{"an MP4 cut off in its pictures", MP4, mp4[:200], false},
		{"cut off between boxes, before what says how it plays", MP4, mp4[:len(mp4)-16], false},
		{"cut off in a head", MP4, mp4[:len(mp4)-12], false},
		{"a script behind an MP4's first bytes", MP4, box("ftyp", "isom") + "<script>alert(1)</script>", false},
		{"a box smaller than its head", MP4, box("ftyp", "isom") + "\x00\x00\x00\x02moov", false},
		{"a WebM as a browser records it", WebM, recorded, true},
		{"a WebM with sizes", WebM, sized, true},
		{"a WebM cut off in a block", WebM, recorded[:len(recorded)-3], false},
		{"cut off between elements", WebM, sized[:len(sized)-9], false},
		{"without a picture", WebM, recorded[:strings.Index(recorded, clusterID)], false},
		{"a script behind a WebM's first bytes", WebM, ebmlID + "<script>alert(1)</script>", false},
		{"an empty content", MP4, "", false},
	} {
		for way, from := range map[string]io.Reader{"at once": strings.NewReader(c.content), "byte by byte": iotest.OneByteReader(strings.NewReader(c.content))} {
			got, err := io.ReadAll(Watch(c.kind, from))
			if (err == nil) != c.whole {
				t.Errorf("%s, %s: %v", c.name, way, err)
			}
			if c.whole && string(got) != c.content {
				t.Errorf("%s, %s: %d bytes of %d came through", c.name, way, len(got), len(c.content))
			}
		}
		if c.content != "" && Kind([]byte(c.content)) != c.kind && c.whole {
			t.Errorf("%s is taken for %q", c.name, Kind([]byte(c.content)))
		}
	}
}

// FuzzWatch lets nothing that comes make the walk fail otherwise than with a fault.
func FuzzWatch(f *testing.F) {
	f.Add([]byte(box("ftyp", "isom")+box("moov", "m")), true)
	f.Add([]byte(element(ebmlID, "webm", false)+element(segmentID, "", true)), false)
	f.Fuzz(func(t *testing.T, content []byte, first bool) {
		kind := map[bool]string{true: MP4, false: WebM}[first]
		if got, err := io.ReadAll(Watch(kind, strings.NewReader(string(content)))); err == nil && len(got) != len(content) {
			t.Errorf("%d bytes of %d", len(got), len(content))
		}
	})
}
