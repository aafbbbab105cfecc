//go:build !windows

package terminal

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// A tap stands between tabgate and a pool and writes down every secret that
// passes. Browsers are sent on to the pool itself.
type tap struct {
	url  string
	pool *faults.Pool

	mu      sync.Mutex
	secrets map[string]string // value: what it is
	public  map[string]bool   // values that stand in the authorize URL by design
	answer  map[string]answerer
}

// answerer changes the answer to one kind of request; it is told of all
// secrets so far, so that it can be as careless with them as it likes.
type answerer func(w http.ResponseWriter, real []byte, secrets string)

func newTap(t *testing.T, p *place, o localpool.Options) *tap {
	t.Helper()
	tp := &tap{pool: p.onPool(o), secrets: map[string]string{}, public: map[string]bool{}, answer: map[string]answerer{}}
	server := httptest.NewServer(tp)
	t.Cleanup(server.Close)
	tp.url = server.URL
	p.env["COGNITO_DOMAIN"] = server.URL
	tp.pool.Faults().Set(localpool.Discovery, faults.Fault{Patch: func(document localpool.JSON) {
		document["authorization_endpoint"], document["token_endpoint"] = server.URL+localpool.Authorize, server.URL+localpool.Token
	}})
	return tp
}

func (tp *tap) note(what, value string) {
	if len(value) < 8 {
		return
	}
	tp.mu.Lock()
	defer tp.mu.Unlock()
	tp.secrets[value] = what
}

func (tp *tap) on(request string, a answerer) {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	tp.answer[request] = a
}

// spoken are all secrets so far in one text.
func (tp *tap) spoken() string {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	return strings.Join(slices.Sorted(maps.Keys(tp.secrets)), " ")
}

func (tp *tap) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && (r.URL.Path == localpool.Authorize || r.URL.Path == "/logout") {
		http.Redirect(w, r, tp.pool.Domain()+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		return
	}
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	for _, field := range []string{"code", "code_verifier", "client_secret", "refresh_token", "token"} {
		tp.note(field, form.Get(field))
	}
	kind, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	tp.note("authorization", credentials)
	if plain, err := base64.StdEncoding.DecodeString(credentials); kind == "Basic" && err == nil {
		_, password, _ := strings.Cut(string(plain), ":")
		tp.note("client secret", password)
	}
	status, header, real := tp.forward(r, body)
	var fields map[string]any
	if json.Unmarshal(real, &fields) == nil {
		for _, field := range []string{"id_token", "access_token", "refresh_token"} {
			tp.note(field, fmt.Sprint(fields[field]))
		}
	}
	tp.mu.Lock()
	a := tp.answer[strings.TrimSpace(r.URL.Path+" "+form.Get("grant_type"))]
	tp.mu.Unlock()
	if a != nil {
		a(w, real, tp.spoken())
		return
	}
	for name := range header {
		w.Header()[name] = header[name]
	}
	w.WriteHeader(status)
	w.Write(real)
}

func (tp *tap) forward(r *http.Request, body []byte) (int, http.Header, []byte) {
	out, err := http.NewRequest(r.Method, tp.pool.Domain()+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	out.Header = r.Header.Clone()
	resp, err := http.DefaultTransport.RoundTrip(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	real, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, real
}

// careless answers with an error that repeats every secret.
func careless(status int, code string) answerer {
	return func(w http.ResponseWriter, _ []byte, secrets string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(map[string]string{"error": code, "error_description": secrets})
	}
}

// carelessPage answers as a proxy in the way does, with all that it was sent.
func carelessPage(w http.ResponseWriter, _ []byte, secrets string) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	fmt.Fprintf(w, "<h1>Bad gateway</h1><pre>%s</pre>", secrets)
}

// cut answers with the first half of the truth.
func cut(w http.ResponseWriter, real []byte, _ string) {
	w.Header().Set("Content-Type", "application/json")
	w.Write(real[:len(real)*2/3])
}

func hangUp(http.ResponseWriter, []byte, string) { panic(http.ErrAbortHandler) }
