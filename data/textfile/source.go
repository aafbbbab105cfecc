package textfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// source is a text as UTF-8 that can be read anywhere: the file as it lies, or
// a copy that it is unpacked and decoded to as far as it is needed.
type source struct {
	io.ReaderAt
	size     int64 // of what is there; of all once pending is nil
	skip     int64 // bytes of the byte order mark
	encoding string
	kind     container
	packed   bool
	notes    []note

	mu      sync.Mutex // guards size and pending
	closed  sync.Once
	prints  prints
	file    *os.File // nil = the file is in memory, or grows as it says itself
	growing Growing  // nil = it does not
	most    int64    // bytes that it is unpacked to; 0 = any number
	raw     *Spool   // unpacked, in its own encoding; nil = the file is not packed
	text    *Spool   // decoded; nil = raw or the file is UTF-8
	pending io.Reader
	checked bool   // the text is known to be UTF-8
	lossy   *lossy // what could not be decoded; nil for UTF-8
}

// Error is why a file could not be read, in one line that names the file and
// what to do.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string {
	return fmt.Sprintf("%q cannot be read: %s", e.Path, oneLine(e.Err.Error())) // libraries quote what is in the file
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func fileError(path string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var p *fs.PathError
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = errors.New("there is no such file: look at its name and where it lies")
	case errors.Is(err, fs.ErrPermission):
		err = errors.New("you may not read it: change its mode, or copy it as who may")
	case errors.As(err, &p):
		err = p.Err
	}
	return &Error{path, err}
}

// openFile opens a regular file.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path) // opening a pipe would wait for its other end
	if err == nil {
		err = Regular(path, info)
	}
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// Regular returns an error of type *Error if a file of that name is no regular
// one, of which alone tables are read.
func Regular(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return &Error{name, errors.New("it is a directory: name a file in it")}
	case !info.Mode().IsRegular():
		return &Error{name, errors.New("it is no regular file: save what it gives in one first")}
	}
	return nil
}

// openSource opens a file and finds out what is in it.
func openSource(ctx context.Context, path string) (*source, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	return newSource(ctx, f)
}

// newSource finds out what is in an open file, and closes it if it cannot be
// read.
func newSource(ctx context.Context, f *os.File) (*source, error) {
	s := &source{file: f}
	info, err := f.Stat()
	if err == nil {
		err = Regular(f.Name(), info)
	}
	if err == nil {
		s.ReaderAt, s.size = f, info.Size()
		if s.prints, err = takePrints(f, s.size); err == nil {
			err = s.open()
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *source) open() error {
	r, kind, err := s.unpack(io.NewSectionReader(s.ReaderAt, 0, s.size))
	if err != nil {
		return err
	}
	s.kind = kind
	if s.packed {
		s.raw = &Spool{}
		s.ReaderAt, s.size, s.pending = s.raw, 0, r
	}
	return nil
}

// prints are parts of a file by which it is known again: at its start, in its
// middle and at its end.
type prints struct {
	size     int64
	modified time.Time
	sum      uint64
}

const printBytes = 4 << 10

// takePrints reads the parts of a file that is size long.
func takePrints(f *os.File, size int64) (p prints, err error) {
	info, err := f.Stat()
	if err != nil {
		return p, err
	}
	p.size, p.modified = size, info.ModTime()
	if info.Size() < size {
		return p, errChanged
	}
	h := fnv.New64a()
	buf := make([]byte, printBytes)
	for _, at := range []int64{0, size/2 - printBytes/2, size - printBytes} {
		at = max(at, 0)
		n, err := f.ReadAt(buf[:min(printBytes, size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return p, err
		}
		_, _ = h.Write(buf[:n])
	}
	p.sum = h.Sum64()
	return p, nil
}

// check returns an error if the file is not what it was when it was opened.
// What was appended to it does no harm.
func (s *source) check() error {
	if s.raw != nil || s.text != nil || s.file == nil {
		return nil // a copy is read
	}
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if info.ModTime().Equal(s.prints.modified) && info.Size() >= s.prints.size {
		return nil
	}
	now, err := takePrints(s.file, s.prints.size)
	if err == nil && now.sum != s.prints.sum {
		err = errChanged
	}
	if err == nil {
		s.prints.modified = now.modified
	}
	return err
}

// Close closes the file and removes copies.
func (s *source) Close() (err error) {
	s.closed.Do(func() {
		if s.file != nil {
			err = s.file.Close()
		}
		for _, p := range []*Spool{s.raw, s.text} {
			if p != nil {
				err = errors.Join(err, p.Close())
			}
		}
	})
	return err
}

// grow makes the text known up to an offset, or to its end.
func (s *source) grow(until int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.pending != nil && s.size < until {
		to := s.raw
		if s.text != nil {
			to = s.text
		}
		n, err := io.CopyN(to, s.pending, max(min(until-s.size, 64*readBlock), readBlock))
		if s.size += n; s.most > 0 && s.size > s.most {
			return fmt.Errorf("it unpacks to more than %d MiB: ask for less of it", s.most>>20)
		}
		if errors.Is(err, io.EOF) {
			s.pending = nil
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// known is how much of the text is known, and whether that is all.
func (s *source) known() (size int64, all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size, s.pending == nil
}

// total is the size of the text if it is known, else 0.
func (s *source) total() int64 {
	if size, all := s.known(); all {
		return size
	}
	return 0
}

// read reads up to n bytes at a place, and tells if they reach the end.
func (s *source) read(buf []byte, at int64) (n int, eof bool, err error) {
	if err := s.grow(at + int64(len(buf))); err != nil {
		return 0, false, err
	}
	size, all := s.known()
	want := min(int64(len(buf)), max(size-at, 0))
	n, err = s.ReadAt(buf[:want], at)
	if errors.Is(err, io.EOF) {
		err = nil
		if int64(n) < want {
			err = errChanged
		}
	}
	return n, all && at+int64(n) >= size, err
}

// decode finds the encoding of the text, or takes the one that was asked for,
// and makes UTF-8 of it.
func (s *source) decode(asked string) error {
	head := make([]byte, sampleBytes)
	n, eof, err := s.read(head, 0)
	if err != nil {
		return err
	}
	head = head[:n]
	name, mark := bom(head)
	told := ""
	switch {
	case asked != "" && asked != name:
		name, mark = asked, 0
	case name != "":
	case wide(head) != "":
		name = wide(head)
		told = "the NUL behind or before each letter"
	}
	if name != "" && name != "utf-8" {
		if told != "" {
			s.notes = append(s.notes, note{"encoding", fmt.Sprintf("%s, by %s", name, told)})
		}
		return s.recode(name, int64(mark))
	}
	s.encoding, s.skip = "utf-8", int64(mark)
	if tooManyControls(head[:min(len(head), magicBytes)]) {
		return errNoText
	}
	if !validHead(head, eof) {
		return s.detectEncoding(asked)
	}
	return nil
}

// validHead reports whether the head of a text is UTF-8. Its last character
// may be cut.
func validHead(head []byte, eof bool) bool {
	if !eof {
		for cut := 1; cut < utf8.UTFMax && cut <= len(head); cut++ {
			if last := head[len(head)-cut:]; utf8.RuneStart(last[0]) {
				if !utf8.FullRune(last) {
					head = head[:len(head)-cut]
				}
				break
			}
		}
	}
	return utf8.Valid(head)
}

// detectEncoding finds the encoding of a text that is not valid UTF-8: all of
// it decides.
func (s *source) detectEncoding(asked string) error {
	var c census
	if err := s.each(func(block []byte) error { c.add(block); return nil }); err != nil {
		return err
	}
	c.end()
	names := c.encodings()
	if asked != "" {
		names = []string{asked}
	}
	for i, name := range names {
		if asked != "" && name != "utf-8" {
			return s.recode(name, 0)
		}
		if name == "utf-8" {
			s.notes = append(s.notes, note{"encoding", fmt.Sprintf("utf-8 with %s, U+FFFD in their place, first on line %d", count(c.bad, "bad byte", "bad bytes"), c.badLine)})
			return s.recode(name, s.skip)
		}
		if i == len(names)-1 || s.decodes(encodingOf(name)) {
			s.notes = append(s.notes, note{"encoding", fmt.Sprintf("%s, as the bytes of line %d and others say", name, c.badLine)})
			return s.recode(name, 0)
		}
	}
	return nil
}

// each gives all of the text as it is to visit, block by block.
func (s *source) each(visit func([]byte) error) error {
	buf := make([]byte, readBlock)
	for at := int64(0); ; {
		n, eof, err := s.read(buf, at)
		if err != nil {
			return err
		}
		if err := visit(buf[:n]); err != nil {
			return err
		}
		at += int64(n)
		if eof || n == 0 {
			return nil
		}
	}
}

// decodes reports whether the text is valid in an encoding.
func (s *source) decodes(e encoding.Encoding) bool {
	ok := true
	r := e.NewDecoder().Reader(io.NewSectionReader(s, 0, s.size))
	buf := make([]byte, 64<<10)
	for ok {
		n, err := r.Read(buf)
		for rest := buf[:n]; len(rest) > 0 && ok; {
			c, size := utf8.DecodeRune(rest)
			ok = c != utf8.RuneError || size == 1 && !utf8.FullRune(rest)
			rest = rest[size:]
		}
		if err != nil {
			break
		}
	}
	return ok
}

// recode makes UTF-8 of the text from an encoding, as far as it is needed.
func (s *source) recode(name string, mark int64) error {
	var raw io.Reader = io.NewSectionReader(s.ReaderAt, mark, max(s.size-mark, 0))
	if s.pending != nil {
		raw = io.MultiReader(raw, io.TeeReader(s.pending, s.raw))
	}
	if name == "utf-8" {
		raw = &repair{src: raw}
	} else {
		s.lossy = &lossy{src: encodingOf(name).NewDecoder().Reader(raw)}
		raw = s.lossy
	}
	s.text = &Spool{}
	s.ReaderAt, s.size, s.skip, s.pending, s.encoding, s.checked = s.text, 0, 0, raw, name, true
	head := make([]byte, magicBytes)
	n, _, err := s.read(head, 0)
	if err == nil && tooManyControls(head[:n]) {
		err = errNoText
	}
	return err
}

// told are the notes about the text, once all of it was read.
func (s *source) told() []note {
	out := slices.Clone(s.notes)
	if s.lossy != nil && s.lossy.count > 0 {
		out = append(out, note{"encoding", fmt.Sprintf("%s is no %s and became U+FFFD, first on line %d", count(s.lossy.count, "character", "characters"), s.encoding, s.lossy.first)})
	}
	return out
}

// lossy counts the characters that a decoder could not read, and replaced.
type lossy struct {
	src   io.Reader
	tail  []byte // the last two bytes, in which one may begin
	line  int
	count int
	first int // line of the first
}

func (l *lossy) Read(p []byte) (int, error) {
	n, err := l.src.Read(p)
	text := append(l.tail, p[:n]...)
	bad := []byte("\ufffd")
	if k := bytes.Count(text, bad); k > 0 {
		if l.count == 0 {
			l.first = 1 + l.line + bytes.Count(text[:bytes.Index(text, bad)], []byte{'\n'})
		}
		l.count += k
	}
	l.line += bytes.Count(p[:n], []byte{'\n'})
	l.tail = append([]byte(nil), text[max(len(text)-2, 0):]...)
	if bytes.HasSuffix(text, bad) {
		l.tail = nil
	}
	return n, err
}

// repair replaces each byte that is no UTF-8 by U+FFFD.
type repair struct {
	src io.Reader
	in  []byte
	out []byte
	err error
}

func (r *repair) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil && len(r.in) == 0 {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

func (r *repair) fill() {
	rest := len(r.in)
	buf := make([]byte, rest+32<<10)
	copy(buf, r.in)
	n := 0
	if r.err == nil {
		n, r.err = r.src.Read(buf[rest:])
	}
	in := buf[:rest+n]
	out := make([]byte, 0, len(in)+64)
	for len(in) > 0 {
		c, size := utf8.DecodeRune(in)
		if c == utf8.RuneError && size == 1 && r.err == nil && !utf8.FullRune(in) {
			break
		}
		out = utf8.AppendRune(out, c)
		in = in[size:]
	}
	r.in, r.out = in, out
}
