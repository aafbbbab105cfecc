package client

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// Options are what a Client is made from.
type Options struct {
	// HTTP asks. It follows no redirect and keeps no cookies, and every
	// connection that it makes to this machine itself was judged: see
	// [Offer.Server].
	HTTP *http.Client
	// Token is the access token of who is signed in, "" for nobody. With renew
	// it gives another than it gave before, if it can. nil = nobody.
	Token func(ctx context.Context, renew bool) (string, error)
	Now   func() time.Time // nil = time.Now
}

// The time that answers may take.
const (
	documentTime = 20 * time.Second // of a document, from connecting to the last byte
	frameTime    = 5 * time.Minute  // of a frame
	stallTime    = 30 * time.Second // between two parts of a frame
	// renewEvery is how often at the most a token is renewed because a server
	// did not take it.
	renewEvery = time.Minute
)

// OnRefused lets do be told of each page whose figures the server refuses or has
// no more. It is set before anything is asked.
func (c *Client) OnRefused(do func(id string)) { c.onRefused = do }

// Client asks one server. It is safe for use by several goroutines.
type Client struct {
	offer     Offer
	o         Options
	onRefused func(id string) // may be nil

	mu      sync.Mutex
	renewed time.Time           // when a token was renewed for a server's sake last
	refused map[[32]byte]bool   // tokens that the server did not take
	etags   map[string]document // by path
}

// document is an answer that is asked for again with its ETag.
type document struct {
	etag, token string
	text        []byte
}

// New makes a client of the server of an offer that somebody agreed to. It asks
// nobody.
func New(offer Offer, o Options) *Client {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Token == nil {
		o.Token = func(context.Context, bool) (string, error) { return "", nil }
	}
	return &Client{offer: offer, o: o, refused: map[[32]byte]bool{}, etags: map[string]document{}}
}

// Offer is what the client was made of.
func (c *Client) Offer() Offer { return c.offer }

// FetchOffer asks the server at an address for its offer, and judges it. It is
// the one thing that is asked before a person agreed to the server: without a
// token, and without following a redirect.
func FetchOffer(ctx context.Context, client *http.Client, at Address) (Offer, error) {
	ctx, stop := context.WithTimeout(ctx, documentTime)
	defer stop()
	c := &Client{offer: Offer{Server: at.String()}, o: Options{HTTP: client}}
	resp, err := c.send(ctx, wire.ResourcePath, wire.JSON, "", "")
	if err != nil {
		return Offer{}, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound:
		return Offer{}, &OfferError{at.String(), "it is no tabgate server: it has no " + wire.ResourcePath}
	case resp.StatusCode != http.StatusOK:
		return Offer{}, c.refusal(resp)
	}
	text, err := c.body(resp, wire.MaxResource)
	if err != nil {
		return Offer{}, err
	}
	return ReadOffer(text, at)
}

func (c *Client) host() string { return hostOf(c.offer.Server) }

// send sends one request, with a token if there is one. The answer is of any
// status but a redirect.
func (c *Client) send(ctx context.Context, path, accept, token, etag string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.offer.Server+path, nil)
	if err != nil {
		return nil, &BadAnswerError{c.host(), "a name that cannot stand in an address"}
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Encoding", "zstd, gzip")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
	}
	client := *c.o.HTTP
	client.Jar = nil
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	if err != nil {
		return nil, c.away(ctx, err)
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 && resp.StatusCode != http.StatusNotModified {
		resp.Body.Close()
		to := "elsewhere"
		if u, err := url.Parse(resp.Header.Get("Location")); err == nil && u.Host != "" {
			to = clean(u.Scheme+"://"+u.Host, 200)
		}
		return nil, &AwayError{c.host(), &neterr.RedirectError{To: to}}
	}
	return resp, nil
}

// away is an error of the network as the client tells it.
func (c *Client) away(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errStalled) {
		err = errors.Join(context.DeadlineExceeded, err)
	} else if late := ctx.Err(); late != nil && !errors.Is(err, late) {
		err = errors.Join(late, err)
	}
	return &AwayError{c.host(), err}
}

// ask sends a request as the person who is signed in. A token that the server
// does not take is renewed once, and not more often than once a minute.
func (c *Client) ask(ctx context.Context, path, accept string, etag func(token string) string) (resp *http.Response, token string, err error) {
	if token, err = c.token(ctx, false); err != nil {
		return nil, "", err
	}
	resp, err = c.send(ctx, path, accept, token, etag(token))
	if err != nil || resp.StatusCode != http.StatusUnauthorized || token == "" || !c.mayRenew(token) {
		return resp, token, err
	}
	next, err := c.token(ctx, true)
	if err != nil || next == "" || next == token {
		return resp, token, nil //nolint:nilerr // The server's own answer says what to do.
	}
	resp.Body.Close()
	resp, err = c.send(ctx, path, accept, next, etag(next))
	return resp, next, err
}

// token is the token to send, checked: none goes to a server that it is not for.
func (c *Client) token(ctx context.Context, renew bool) (string, error) {
	token, err := c.o.Token(ctx, renew)
	if err != nil || token == "" {
		return "", err
	}
	return token, c.offer.CheckToken(token)
}

// maxRefused bounds the tokens that are remembered.
const maxRefused = 64

// mayRenew reports whether a token that was refused may be renewed: it was not
// before, and no other was within a minute.
func (c *Client) mayRenew(token string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	sum, now := sha256.Sum256([]byte(token)), c.o.Now()
	if c.refused[sum] || !c.renewed.IsZero() && now.Sub(c.renewed) < renewEvery {
		return false
	}
	if len(c.refused) >= maxRefused {
		clear(c.refused)
	}
	c.refused[sum], c.renewed = true, now
	return true
}

// get gets a JSON document.
func (c *Client) get(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, documentTime)
	defer stop()
	had := c.had(path)
	resp, token, err := c.ask(ctx, path, wire.JSON, func(token string) string {
		if had.token == token {
			return had.etag
		}
		return ""
	})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified && had.etag != "":
		return had.text, nil
	case resp.StatusCode != http.StatusOK:
		c.forget(path)
		return nil, c.refusal(resp)
	}
	text, err := c.body(resp, most)
	if err == nil {
		c.keep(path, document{resp.Header.Get("ETag"), token, text})
	}
	return text, err
}

// maxDocuments bounds the answers that are kept to be asked for again.
const maxDocuments = 64

func (c *Client) had(path string) document {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.etags[path]
}

func (c *Client) keep(path string, d document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d.etag == "" || len(d.etag) > maxText || !printable(d.etag) {
		delete(c.etags, path)
		return
	}
	if len(c.etags) >= maxDocuments {
		clear(c.etags)
	}
	c.etags[path] = d
}

func (c *Client) forget(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.etags, path)
}

// Forget drops every answer that is kept to be asked for again, as when the
// person has changed.
func (c *Client) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.etags)
}

// body reads a JSON answer.
func (c *Client) body(resp *http.Response, most int64) ([]byte, error) {
	if kind := mediaType(resp); kind != wire.JSON && kind != wire.ProblemJSON {
		return nil, &BadAnswerError{c.host(), "no JSON"}
	}
	in, err := unpack(resp)
	if err != nil {
		return nil, &BadAnswerError{c.host(), err.Error()}
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil:
		return nil, c.away(resp.Request.Context(), err)
	case int64(len(text)) > most:
		return nil, &BadAnswerError{c.host(), "more than " + size(most)}
	}
	return text, nil
}

func mediaType(resp *http.Response) string {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// refusal reads an answer that says why there is no other.
func (c *Client) refusal(resp *http.Response) error {
	r := &Refusal{Host: c.host(), Status: resp.StatusCode}
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && n > 0 {
		r.After = time.Duration(min(n, 3600)) * time.Second
	}
	if mediaType(resp) != wire.ProblemJSON {
		return r
	}
	text, err := c.body(resp, wire.MaxProblem)
	if err != nil {
		return r
	}
	var p wire.Problem
	if o, err := readObject(text); err == nil && json.Unmarshal(text, &p) == nil {
		detail, _ := o.text("detail")
		r.Detail = clean(strings.TrimSpace(detail), 300)
		for _, group := range p.Needs[:min(len(p.Needs), 20)] {
			r.Needs = append(r.Needs, clean(group, 128))
		}
	}
	return r
}
