package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hefa/internal/day"
	"hefa/internal/paper"
	"hefa/internal/reminder"
)

// letters measures how fast reminders are printed, beside an office suite's mail merge where there is one.
type letters struct {
	Count int    `help:"How many in one file." default:"1000"`
	Many  int    `help:"How many in the large file." default:"100000"`
	Merge string `help:"The script that merges with LibreOffice." default:"tools/bench/mailmerge.py"`
}

// Run prints the times, the sizes and the most memory that this process took.
func (l *letters) Run(ctx context.Context) error {
	debug.SetGCPercent(200)          // as the server does
	if err := l.one(0); err != nil { // reads the typefaces
		return err
	}
	start := time.Now()
	var file bytes.Buffer
	if err := paper.WriteAll(&file, "提醒单", l.all(l.Count)); err != nil {
		return err
	}
	took := time.Since(start)
	fmt.Printf("%d reminders as one PDF: %.3f s, %.1f MB\n", l.Count, took.Seconds(), float64(file.Len())/1e6)
	if err := l.each(); err != nil {
		return err
	}
	if err := l.large(); err != nil {
		return err
	}
	merged, err := l.merge(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Println("LibreOffice is not installed; its mail merge was not measured")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Printf("%d letters as one PDF by LibreOffice's mail merge: %.2f s, %.0f times as long\n", l.Count, merged.Seconds(), merged.Seconds()/took.Seconds())
	return nil
}

func (l *letters) one(n int) error {
	return paper.Write(io.Discard, letter(n))
}

func letter(n int) paper.Reminder {
	return paper.Reminder{Kind: reminder.Renew, Number: fmt.Sprintf("533103-2026-T%07d", n), Person: "张三" + string('一'+rune(n%3000)), Issuer: "芒市残疾人联合会",
		Rule: "《云南省残疾人证管理办法实施细则》", Months: 6, Years: 10, Photos: 2, Days: 15, Expires: day.Day("2027-05-14"), Dated: day.Day("2026-11-14")}
}

func (l *letters) all(n int) iter.Seq2[paper.Paper, error] {
	return func(yield func(paper.Paper, error) bool) {
		for i := range n {
			if !yield(letter(i), nil) {
				return
			}
		}
	}
}

// each prints every letter into a file of its own and counts the files by reading each back.
func (l *letters) each() error {
	papers := make([]paper.Named, l.Count)
	for i := range papers {
		p := letter(i)
		papers[i] = paper.Named{Name: p.Number, Paper: p}
	}
	archive, err := os.CreateTemp("", "hefa-letters")
	if err != nil {
		return err
	}
	defer os.Remove(archive.Name())
	defer archive.Close()
	start := time.Now()
	if err := paper.WriteEach(archive, papers); err != nil {
		return err
	}
	took := time.Since(start)
	size, err := archive.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	files, err := zip.NewReader(archive, size)
	if err != nil {
		return err
	}
	whole := 0
	for _, f := range files.File {
		in, err := f.Open()
		if err != nil {
			return err
		}
		b, err := io.ReadAll(in)
		if err == nil && bytes.HasPrefix(b, []byte("%PDF")) && bytes.HasSuffix(b, []byte("%%EOF\n")) {
			whole++
		}
	}
	fmt.Printf("%d reminders as single tagged files in a ZIP: %.2f s, %.1f MB, %d whole files in it\n", l.Count, took.Seconds(), float64(size)/1e6, whole)
	if whole != l.Count {
		return fmt.Errorf("%d files are missing", l.Count-whole)
	}
	return nil
}

// large prints the large file in a process of its own, whose memory is then that of the printing alone.
func (l *letters) large() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	out, err := exec.Command(self, "letters-file", strconv.Itoa(l.Many)).Output()
	if err != nil {
		return err
	}
	fmt.Print(string(out))
	return nil
}

// lettersFile prints one file of letters and nothing else.
type lettersFile struct {
	Count int `arg:"" help:"How many letters."`
}

// Run prints how long it took and the most memory that the process held.
func (f *lettersFile) Run() error {
	l := letters{}
	size := &counted{}
	start := time.Now()
	if err := paper.WriteAll(size, "提醒单", l.all(f.Count)); err != nil {
		return err
	}
	took := time.Since(start)
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	peak := ""
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			peak = strings.Join(strings.Fields(rest), " ")
		}
	}
	fmt.Printf("%d reminders as one PDF: %.2f s, %.0f pages/s, %.1f MB, memory at most %s\n", f.Count, took.Seconds(), float64(f.Count)/took.Seconds(),
		float64(size.n)/1e6, peak)
	return nil
}

type counted struct{ n int }

func (c *counted) Write(b []byte) (int, error) {
	c.n += len(b)
	return len(b), nil
}

// merge has LibreOffice merge the same people into letters; exec.ErrNotFound when there is none.
func (l *letters) merge(ctx context.Context) (time.Duration, error) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "hefa-merge")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	people := filepath.Join(dir, "letters.csv")
	if err := l.people(people); err != nil {
		return 0, err
	}
	pipe := fmt.Sprintf("hefa%d", os.Getpid())
	server := exec.Command(office, "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://"+dir+"/profile", "--accept=pipe,name="+pipe+";urp")
	server.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it starts others
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = syscall.Kill(-server.Process.Pid, syscall.SIGKILL) // is gone when the script ended it
		_ = server.Wait()
	}()
	out, err := exec.CommandContext(ctx, "/usr/bin/python3", l.Merge, people, dir, pipe).Output()
	if err != nil {
		return 0, fmt.Errorf("merging with LibreOffice: %w", err)
	}
	seconds, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	return time.Duration(seconds * float64(time.Second)), err
}

// people writes the list that an office merges.
func (l *letters) people(path string) error {
	rows := [][]string{{"name", "number", "months", "expires"}}
	for i := range l.Count {
		p := letter(i)
		rows = append(rows, []string{p.Person, p.Number, strconv.Itoa(p.Months), p.Expires.Chinese()})
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}
