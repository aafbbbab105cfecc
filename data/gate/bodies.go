package gate

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Limits of the answers that are kept as they were written.
const (
	maxBody   = 1 << 20
	maxBodies = 64 << 20
)

// bodies are answers with figures as they were written, of those that are small
// and the same for many. They are given to nobody whom the page does not open to:
// that is decided before.
type bodies struct {
	mu   sync.Mutex
	m    map[bodyKey]body
	size int
}

// bodyKey says of what an answer is: of a frame of a page as it is now, of figures
// as they were read, for those who share them.
type bodyKey struct {
	page   [sha256.Size]byte
	frame  string
	opened *opened
	seq    int
	form   answerForm
}

type body struct {
	text []byte
	rows int
	why  string // rows are missing
}

func newBodies() *bodies { return &bodies{m: map[bodyKey]body{}} }

func (b *bodies) get(key bodyKey) (body, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one, ok := b.m[key]
	return one, ok
}

// put keeps an answer. Where there is no more room all are forgotten: those that
// are asked for come again.
func (b *bodies) put(key bodyKey, one body) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.size+len(one.text) > maxBodies {
		clear(b.m)
		b.size = 0
	}
	if _, ok := b.m[key]; !ok {
		b.m[key] = one
		b.size += len(one.text)
	}
}

// copied keeps what is written, as long as it is not too much.
type copied struct {
	bytes.Buffer

	over bool
}

func (c *copied) Write(p []byte) (int, error) {
	if c.over = c.over || c.Len()+len(p) > maxBody; !c.over {
		return c.Buffer.Write(p)
	}
	c.Reset()
	return len(p), nil
}
