package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"unicode/utf16"
	"unicode/utf8"
)

// Parts of a file that are looked at to tell what it is.
const (
	textHead    = 4096
	controlRate = 10 // one control character in so many bytes is no text
)

var errNoText = errors.New("it holds no text")

// textOf gives a reader of a file's text as UTF-8: uncompressed where it
// begins as gzip does, decoded where it begins with a byte order mark of
// UTF-16. Same says that the text is the file as it lies, which is then to be
// read from its start.
func textOf(f *os.File) (text io.Reader, same bool, err error) {
	var r io.Reader = f
	magic := make([]byte, len(gzipMagic))
	n, _ := io.ReadFull(f, magic)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, false, err
	}
	zipped := n == len(magic) && bytes.Equal(magic, gzipMagic)
	if zipped {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, false, cutShort(err)
		}
	}
	b := bufio.NewReaderSize(r, textHead)
	head, _ := b.Peek(textHead) // An error comes again when it is read.
	switch order := byteOrder(head); {
	case order != nil:
		_, _ = b.Discard(2)
		return &wideText{src: b, order: order}, false, nil
	case controls(head)*controlRate > len(head):
		return nil, false, errNoText
	case zipped:
		return unzipping{b}, false, nil
	}
	_, err = f.Seek(0, io.SeekStart)
	return f, true, err
}

// controls counts bytes that no text has many of.
func controls(head []byte) (n int) {
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			n++
		}
	}
	return n
}

// byteOrder is that of UTF-16 text, nil for any other.
func byteOrder(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return binary.BigEndian
	}
	return nil
}

// unzipping says in plain words that a compressed file ends too early.
type unzipping struct{ io.Reader }

func (u unzipping) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	return n, cutShort(err)
}

func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the compressed data are cut short")
	}
	return err
}

// wideText decodes UTF-16. What is no character becomes U+FFFD.
type wideText struct {
	src   *bufio.Reader
	order binary.ByteOrder
	out   []byte // decoded and not given yet
	err   error
}

func (w *wideText) Read(p []byte) (int, error) {
	if len(w.out) == 0 && w.err == nil {
		w.out = w.out[:0]
		for len(w.out) < textHead && w.err == nil {
			w.decode()
		}
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	if n == 0 && len(p) > 0 {
		return 0, w.err
	}
	return n, nil
}

func (w *wideText) decode() {
	r := w.unit()
	if w.err == nil && utf16.IsSurrogate(r) {
		r = utf16.DecodeRune(r, w.unit())
	}
	if w.err == nil {
		w.out = utf8.AppendRune(w.out, r)
	}
}

func (w *wideText) unit() rune {
	var b [2]byte
	if _, err := io.ReadFull(w.src, b[:]); err != nil {
		if w.err = cutShort(err); errors.Is(err, io.ErrUnexpectedEOF) {
			w.err = io.EOF // Half a unit at the end.
		}
	}
	return rune(w.order.Uint16(b[:]))
}
