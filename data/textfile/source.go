package textfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// source is a text as UTF-8 that can be read anywhere: the file itself, or
// what it was unpacked and decoded to.
type source struct {
	io.ReaderAt
	size     int64
	encoding string
	file     *os.File
	notes    []note
	skip     int64 // bytes of the byte order mark
}

func (s *source) Close() error { return s.file.Close() }

// Error is why a file could not be read, in one line that names the file and
// what to do.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("%q cannot be read: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func fileError(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &Error{path, err}
}

// openFile opens a regular file.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path) // opening a pipe would wait for its other end
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a directory: name a file in it")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file: save what it gives in one first")
	}
	return os.Open(path)
}

func openSource(ctx context.Context, path string, o *Options) (*source, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	s := &source{ReaderAt: f, size: info.Size(), encoding: "utf-8", file: f}
	return s, ctx.Err()
}

// read reads up to n bytes at a place; fewer only at the end.
func (s *source) read(buf []byte, at int64) (int, error) {
	n, err := s.ReadAt(buf[:min(int64(len(buf)), max(s.size-at, 0))], at)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
