package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/httpcache"
)

// Limits of what comes over the network, for whoever makes the client.
const (
	MaxTime      = 5 * time.Second // of one answer, from connecting to the last byte
	MaxBody      = 16 << 20        // bytes of one answer, compressed and again uncompressed
	MaxRedirects = 5               // all of them within the origin
)

// NetworkError says in one sentence why figures could not be fetched, and what
// to do about it. What it unwraps to has a neterr.Kind.
type NetworkError struct {
	Reason string // why, a clause
	Todo   string // what to do next, a clause; may be empty
	err    error
}

// Error is the sentence.
func (e *NetworkError) Error() string {
	if e.Todo == "" {
		return e.Reason
	}
	return e.Reason + "; " + e.Todo
}

// Unwrap gives what the network said.
func (e *NetworkError) Unwrap() error { return e.err }

// AnswerError says in one sentence why an address that answers gives no
// figures: it refuses them, or has none. No copy of them stands in, and what
// is shown of them goes. What it unwraps to has a neterr.Kind.
type AnswerError NetworkError

// Error is the sentence.
func (e *AnswerError) Error() string { return (*NetworkError)(e).Error() }

// Unwrap gives what the network said.
func (e *AnswerError) Unwrap() error { return e.err }

// failed words the error of a request, by what it means for an earlier copy.
func failed(host, setting string, err error) error {
	what, todo := neterr.Why(host, setting, err)
	if neterr.KindOf(err).Passing() {
		return &NetworkError{what, todo, err}
	}
	return &AnswerError{what, todo, err}
}

// reason is a failed request without what to do about it.
func reason(err error) string {
	var network *NetworkError
	var refused *AnswerError
	switch {
	case errors.As(err, &network):
		return network.Reason
	case errors.As(err, &refused):
		return refused.Reason
	}
	return err.Error()
}

// answer is what an address gave: a body, or the word that ours still holds.
type answer struct {
	body               []byte
	etag, lastModified string
	unchanged          bool
}

// fetch asks an address, conditionally when old is known. It takes at most
// MaxTime in all and reads at most MaxBody bytes. setting is what the
// configuration calls the address.
func fetch(ctx context.Context, client *http.Client, address, setting string, old httpcache.Meta) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return answer{}, &AnswerError{"the data address is no http(s) address", "check " + setting, err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, &AnswerError{"the data address cannot be used", "check " + setting, err}
	}
	if old.ETag != "" {
		req.Header.Set("If-None-Match", old.ETag)
	}
	if old.LastModified != "" {
		req.Header.Set("If-Modified-Since", old.LastModified)
	}
	a, err := read(client, req, old.Size > 0)
	if err != nil {
		return answer{}, failed(u.Host, setting, err)
	}
	return a, nil
}

func read(client *http.Client, req *http.Request, conditional bool) (answer, error) {
	resp, err := client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified && conditional {
		return answer{unchanged: true}, nil
	}
	if resp.StatusCode != http.StatusOK {
		return answer{}, &neterr.StatusError{Host: req.URL.Host, Status: resp.StatusCode}
	}
	body, err := readAll(resp.Body, MaxBody)
	if err != nil {
		return answer{}, err
	}
	return answer{
		body: body, etag: resp.Header.Get("ETag"), lastModified: resp.Header.Get("Last-Modified"),
	}, nil
}

// readAll reads at most limit bytes.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = neterr.TooLarge(limit)
	}
	return b, err
}

// plain uncompresses gzip, known by its first bytes, within MaxBody.
func plain(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, gzipMagic) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("uncompress: %w", err)
	}
	out, err := readAll(z, MaxBody)
	if err != nil {
		return nil, fmt.Errorf("uncompress: %w", err)
	}
	return out, nil
}

var gzipMagic = []byte{0x1f, 0x8b}
