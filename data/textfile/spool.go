package textfile

import (
	"fmt"
	"io"
	"os"
	"sync"
)

// maxInMemory is how much of an unpacked or decoded text stays in memory;
// beyond that it goes to a temporary file.
const maxInMemory = 4 << 20

// Spool holds bytes, such as those that a file was unpacked or decoded to. It
// can be read while it grows. The zero Spool is empty.
type Spool struct {
	most int // bytes in memory; 0 = maxInMemory
	mu   sync.RWMutex
	mem  [][]byte // in pieces, all but the last of spoolPiece: none is moved to make room
	file *os.File
	path string // of the file, while it has a name
	size int64
}

const spoolPiece = 64 << 10

// NewSpool makes a spool of which so many bytes stay in memory; beyond that all
// goes to a temporary file, which has no name where that is possible.
func NewSpool(most int) *Spool { return &Spool{most: most} }

// Write appends.
func (s *Spool) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	most := s.most
	if most == 0 {
		most = maxInMemory
	}
	if s.file == nil && s.size+int64(len(p)) <= int64(most) {
		s.remember(p)
		return len(p), nil
	}
	if s.file == nil {
		if err := s.toFile(); err != nil {
			return 0, err
		}
	}
	n, err := s.file.WriteAt(p, s.size)
	s.size += int64(n)
	if err != nil {
		err = fmt.Errorf("the temporary copy cannot be written, name a directory with more room in TMPDIR: %w", err)
	}
	return n, err
}

// remember appends in memory.
func (s *Spool) remember(p []byte) {
	s.size += int64(len(p))
	for len(p) > 0 {
		last := len(s.mem) - 1
		if last < 0 || len(s.mem[last]) == spoolPiece {
			s.mem = append(s.mem, nil)
			last++
		}
		n := min(len(p), spoolPiece-len(s.mem[last]))
		s.mem[last] = append(s.mem[last], p[:n]...)
		p = p[n:]
	}
}

// toFile moves what is in memory to a temporary file.
func (s *Spool) toFile() error {
	f, err := os.CreateTemp("", "tabgate-*.tmp")
	if err != nil {
		return err
	}
	s.file, s.path = f, f.Name()
	if os.Remove(s.path) == nil { // where an open file may lose its name, nothing stays behind a crash
		s.path = ""
	}
	for i, piece := range s.mem {
		if _, err := f.WriteAt(piece, int64(i)*spoolPiece); err != nil {
			return err
		}
		s.mem[i] = nil
	}
	s.mem = nil
	return nil
}

// ReadAt implements io.ReaderAt.
func (s *Spool) ReadAt(p []byte, at int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.file != nil {
		return s.file.ReadAt(p, at)
	}
	n := 0
	for n < len(p) && at+int64(n) < s.size {
		from := at + int64(n)
		n += copy(p[n:], s.mem[from/spoolPiece][from%spoolPiece:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Close removes the temporary file.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mem = nil
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	if s.path != "" {
		err = os.Remove(s.path)
	}
	return err
}
