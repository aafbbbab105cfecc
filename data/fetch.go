package data

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

// Limits of what comes over the network.
const (
	liveDeadline = 5 * time.Second
	maxBody      = 16 << 20 // bytes, compressed and again uncompressed
	maxRedirects = 5
)

// NetworkError says in one sentence why figures could not be fetched.
type NetworkError struct {
	Reason string
	err    error
}

// Error is the sentence.
func (e *NetworkError) Error() string { return e.Reason }

// Unwrap gives what the network said.
func (e *NetworkError) Unwrap() error { return e.err }

var errTooLarge = errors.New("larger than allowed")

// newClient is the client for those who bring none.
func newClient() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	t.MaxResponseHeaderBytes = 64 << 10
	t.DisableKeepAlives = true // A handful of requests a day: nothing stays behind.
	return &http.Client{Transport: t, CheckRedirect: checkRedirect}
}

// checkRedirect follows a few redirects, but never from https to http.
func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) >= maxRedirects {
		return errors.New("too many redirects")
	}
	if via[0].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return errors.New("redirected away from https")
	}
	return nil
}

// answer is what an address gave: a body, or the word that ours still holds.
type answer struct {
	body               []byte
	etag, lastModified string
	unchanged          bool
}

// fetch asks an address, conditionally when old is known. It takes at most
// liveDeadline in all and reads at most maxBody bytes.
func fetch(ctx context.Context, client *http.Client, address string, old meta) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, liveDeadline)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return answer{}, &NetworkError{fmt.Sprintf("the data address %q is no http(s) address", address), err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{}, &NetworkError{fmt.Sprintf("the data address %q cannot be used", address), err}
	}
	req.Header.Set("User-Agent", "tabgate")
	if old.ETag != "" {
		req.Header.Set("If-None-Match", old.ETag)
	}
	if old.LastModified != "" {
		req.Header.Set("If-Modified-Since", old.LastModified)
	}
	a, err := read(client, req, old.Size > 0)
	if err != nil {
		return answer{}, &NetworkError{reason(u.Hostname(), err), err}
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
		return answer{}, statusError(resp.StatusCode)
	}
	body, err := readAll(resp.Body, maxBody)
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
		err = errTooLarge
	}
	return b, err
}

// plain uncompresses gzip, known by its first bytes, within maxBody.
func plain(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, gzipMagic) {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("uncompress: %w", err)
	}
	out, err := readAll(z, maxBody)
	if err != nil {
		return nil, fmt.Errorf("uncompress: %w", err)
	}
	return out, nil
}

var gzipMagic = []byte{0x1f, 0x8b}

type statusError int

func (s statusError) Error() string {
	return fmt.Sprintf("answered %d %s", int(s), http.StatusText(int(s)))
}

// reason is a failed request in words.
func reason(host string, err error) string {
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var status statusError
	var timeout net.Error
	switch {
	case errors.As(err, &status):
		return host + " " + status.Error()
	case errors.Is(err, errTooLarge):
		return fmt.Sprintf("the answer of %s is larger than %d MiB", host, maxBody>>20)
	case errors.As(err, &dns):
		return "the name " + host + " could not be found"
	case errors.As(err, &cert):
		return "the certificate of " + host + " is not trusted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " refused the connection"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("%s did not answer within %s", host, liveDeadline)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return host + " broke off the answer"
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return fmt.Sprintf("%s could not be reached (%v)", host, err)
}
