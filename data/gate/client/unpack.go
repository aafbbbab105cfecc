package client

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/zstd"
)

// maxWindow is the memory that an answer packed by zstd may ask for, in bytes
// (RFC 9659).
const maxWindow = 8 << 20

// unpack gives the content of an answer.
func unpack(resp *http.Response) (io.ReadCloser, error) {
	switch resp.Header.Get("Content-Encoding") {
	case "", "identity":
		return io.NopCloser(resp.Body), nil
	case "gzip":
		return gzip.NewReader(resp.Body)
	case "zstd":
		d, err := zstd.NewReader(resp.Body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, errors.New("a packed answer that cannot be read")
		}
		return d.IOReadCloser(), nil
	}
	return nil, errors.New("an answer packed in a way that was not asked for")
}

// errStalled ends a request whose answer came to a stop.
var errStalled = errors.New("the answer came to a stop")

// awake reads a body and ends its request when nothing comes for a while.
type awake struct {
	io.Reader

	timer *time.Timer
	after time.Duration
}

// keepAwake ends a request by stop when its body gives nothing for some time.
func keepAwake(body io.Reader, after time.Duration, stop context.CancelCauseFunc) *awake {
	return &awake{body, time.AfterFunc(after, func() { stop(errStalled) }), after}
}

// Read implements io.Reader.
func (a *awake) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if n > 0 {
		a.timer.Reset(a.after)
	}
	return n, err
}

// size says how many bytes n are.
func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d KiB", n>>10)
}
