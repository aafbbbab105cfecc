package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/textfile"
)

// Limits of what an address answers, for whoever makes the client.
const (
	MaxTime      = 30 * time.Second // from connecting to the last byte
	MaxBody      = 64 << 20         // bytes of an answer
	MaxRedirects = 5                // all of them within the origin

	maxUnpacked = 256 << 20 // bytes of an answer that is packed
	maxKept     = 16 << 20  // bytes of an answer that is kept for later
	maxSecret   = 64 << 10  // bytes of a file with one
)

// body is what an address answered.
type body struct {
	spool              *textfile.Spool
	size               int64
	etag, lastModified string
	unchanged          bool // what was had before still holds
}

// Size implements textfile.Growing.
func (b *body) Size() int64 { return b.size }

// ReadAt implements io.ReaderAt.
func (b *body) ReadAt(p []byte, at int64) (int, error) { return b.spool.ReadAt(p, at) }

// address reads an address and says what is wrong with it.
func address(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("the address cannot be read: write it as https://host/path")
	case u.User != nil:
		return nil, errors.New("the address holds a name or password: put it into headers, as ${env:NAME}")
	case u.Scheme == "http" && neterr.Loopback(u.Hostname()), u.Scheme == "https":
		return u, nil
	case u.Scheme == "http":
		return nil, fmt.Errorf("http is for this machine alone: write https://%s", u.Host)
	}
	return nil, fmt.Errorf("%s is no scheme for figures: write https", u.Scheme)
}

// request is one question to an address.
type request struct {
	client             *http.Client
	url                *url.URL
	header             http.Header
	etag, lastModified string // of what is had already
	reader             bool   // it carries the reader's token
	progress           func(textfile.Progress)
}

// do asks, within MaxTime and MaxBody.
func (r *request) do(ctx context.Context) (*body, error) {
	ctx, stop := context.WithTimeout(ctx, MaxTime)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header = r.header.Clone()
	conditional := r.etag != "" || r.lastModified != ""
	if r.etag != "" {
		req.Header.Set("If-None-Match", r.etag)
	}
	if r.lastModified != "" {
		req.Header.Set("If-Modified-Since", r.lastModified)
	}
	client := *r.client
	client.CheckRedirect = withinOrigin
	if r.header.Get("Authorization") != "" && r.reader {
		client.CheckRedirect = nowhere
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && conditional:
		return &body{unchanged: true}, nil
	case resp.StatusCode != http.StatusOK:
		return nil, &neterr.StatusError{Host: r.url.Host, Status: resp.StatusCode}
	case resp.ContentLength > MaxBody:
		return nil, neterr.TooLarge(MaxBody)
	}
	return r.receive(resp)
}

// receive keeps the body of an answer.
func (r *request) receive(resp *http.Response) (*body, error) {
	b := &body{spool: &textfile.Spool{}, etag: resp.Header.Get("ETag"), lastModified: resp.Header.Get("Last-Modified")}
	var err error
	if b.size, err = io.Copy(b.spool, &told{io.LimitReader(resp.Body, MaxBody+1), textfile.Progress{Total: max(resp.ContentLength, 0)}, r.progress}); err == nil && b.size > MaxBody {
		err = neterr.TooLarge(MaxBody)
	}
	if err != nil {
		return nil, errors.Join(err, b.spool.Close())
	}
	return b, nil
}

// told tells how much of an answer has come.
type told struct {
	io.Reader
	how  textfile.Progress
	tell func(textfile.Progress)
}

func (t *told) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	t.how.Bytes += int64(n)
	t.tell(t.how)
	return n, err
}

// withinOrigin follows redirects to the scheme and host that were asked, so
// that headers go nowhere else.
func withinOrigin(next *http.Request, via []*http.Request) error {
	from := via[0].URL
	to := strings.ToLower(next.URL.Scheme + "://" + next.URL.Host)
	switch {
	case to != strings.ToLower(from.Scheme+"://"+from.Host):
		return &neterr.RedirectError{To: to}
	case len(via) > MaxRedirects:
		return &neterr.RedirectError{To: to, Times: MaxRedirects}
	}
	return nil
}

// nowhere follows no redirect: the reader's token is for one address.
func nowhere(next *http.Request, _ []*http.Request) error {
	return &neterr.RedirectError{To: strings.ToLower(next.URL.Scheme + "://" + next.URL.Host)}
}

// headers are those of a source, with what ${env:NAME} and ${file:PATH} stand
// for. What is secret is in no error.
func (s *Store) headers(list []dashboard.Header) (http.Header, error) {
	out := http.Header{}
	for _, h := range list {
		value, err := s.expand(h.Value)
		if err != nil {
			return nil, fmt.Errorf("header %s: %w", h.Name, err)
		}
		out.Add(h.Name, value)
	}
	return out, nil
}

func (s *Store) expand(text string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, after, found := strings.Cut(rest, "}")
		if !found {
			return "", errors.New("a ${ has no }: close it")
		}
		value, err := s.secret(name)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		text = after
	}
}

// secret is what env:NAME or file:PATH stands for.
func (s *Store) secret(name string) (string, error) {
	if env, ok := strings.CutPrefix(name, "env:"); ok {
		if s.o.Env != nil {
			if v, ok := s.o.Env(env); ok && v != "" {
				return v, nil
			}
		}
		return "", fmt.Errorf("%s is not set: set it in the environment", env)
	}
	path, ok := strings.CutPrefix(name, "file:")
	if !ok {
		return "", fmt.Errorf("${%s} is neither ${env:NAME} nor ${file:PATH}", name)
	}
	if !filepath.IsAbs(path) && s.o.Root != nil {
		path = filepath.Join(s.o.Root.Name(), path)
	}
	text, err := trusted.ReadFile(path, maxSecret)
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}
