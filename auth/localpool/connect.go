package localpool

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/secret"
)

// ErrNotRunning is what Connect gives when there is no pool to connect to.
var ErrNotRunning = errors.New("no local pool is running: start one with `tabgate demo` or `tabgate pool serve`")

// publication is what a running pool leaves in the state directory for other
// terminals of the same user.
type publication struct {
	Domain string `json:"domain"`
	Key    string `json:"key"` // of the admin API
	PID    int    `json:"pid"`
}

// Publish lets Connect(stateDir) find this pool: it writes a file that only
// the user can read. Close removes it.
func (p *Pool) Publish(stateDir string) error {
	dir := filepath.Join(stateDir, "pools")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the directory %s cannot be made: %w", dir, reason(err))
	}
	body, err := json.Marshal(publication{p.Domain(), p.apiKey.Reveal(), os.Getpid()})
	if err != nil {
		return fmt.Errorf("describe the pool: %w", err)
	}
	file := filepath.Join(dir, p.id+".json")
	// The name is random and the file must be new: nobody can have put a
	// link there.
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil // Published already.
	}
	if err == nil {
		_, err = f.Write(body)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", file, reason(err))
	}
	p.mu.Lock()
	p.published = append(p.published, file)
	p.mu.Unlock()
	return nil
}

// Admin administers a running pool from another process.
type Admin struct {
	domain string
	key    secret.Text
	http   *http.Client
}

// Connect finds a pool that was published in stateDir and still answers: the
// one at domain where it is among them, else the one that came last. It
// removes what pools that were killed have left behind. ErrNotRunning means
// that there is none.
func Connect(stateDir, domain string) (*Admin, error) {
	dir := filepath.Join(stateDir, "pools")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("local pools cannot be looked for in %s: %w", dir, reason(err))
	}
	type found struct {
		file string
		at   time.Time
	}
	var files []found
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), ".json") && info.Size() < 4096 {
			files = append(files, found{filepath.Join(dir, e.Name()), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b found) int { return b.at.Compare(a.at) })
	var last *Admin
	for _, f := range files {
		a, err := open(f.file)
		if err != nil || last != nil && a.domain != domain {
			continue // Half-written, not a pool's, or older than one that answers.
		}
		switch _, err = a.Users(context.Background()); {
		case err == nil && (domain == "" || a.domain == domain):
			return a, nil
		case err == nil:
			last = a
		case errors.Is(err, ErrNotRunning):
			os.Remove(f.file)
		}
	}
	if last == nil {
		return nil, ErrNotRunning
	}
	return last, nil
}

func open(file string) (*Admin, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var pub publication
	if err := json.Unmarshal(body, &pub); err != nil {
		return nil, err
	}
	u, err := url.Parse(pub.Domain)
	if err != nil || u.Scheme != "http" || !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("not the address of a local pool")
	}
	client := &http.Client{
		Timeout:       3 * time.Second,
		Transport:     &http.Transport{Proxy: nil, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Admin{pub.Domain, secret.New(pub.Key), client}, nil
}

// Users lists the pool's people in the order of their arrival.
func (a *Admin) Users(ctx context.Context) ([]Listed, error) {
	return a.call(ctx, http.MethodGet, "/admin/api/users", nil)
}

// AddGroup puts a person into a group.
func (a *Admin) AddGroup(ctx context.Context, email, group string) error {
	return a.change(ctx, groupChange{Email: email, Group: group})
}

// RemoveGroup takes a person out of a group.
func (a *Admin) RemoveGroup(ctx context.Context, email, group string) error {
	return a.change(ctx, groupChange{Email: email, Group: group, Remove: true})
}

func (a *Admin) change(ctx context.Context, c groupChange) error {
	body, err := json.Marshal(c)
	if err == nil {
		_, err = a.call(ctx, http.MethodPost, "/admin/api/groups", body)
	}
	return err
}

func (a *Admin) call(ctx context.Context, method, path string, body []byte) ([]Listed, error) {
	r, err := http.NewRequestWithContext(ctx, method, a.domain+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask the local pool: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+a.key.Reveal())
	resp, err := a.http.Do(r)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case neterr.TimedOut(err): // a pool that was stopped goes on some time
		return nil, fmt.Errorf("the local pool at %s does not answer: wake it up, or start another", a.domain)
	case err != nil:
		return nil, fmt.Errorf("%w (%s does not answer)", ErrNotRunning, a.domain)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	if err != nil {
		return nil, fmt.Errorf("the local pool at %s stopped in its answer: try again", a.domain)
	}
	if resp.StatusCode != http.StatusOK {
		var no struct {
			Error string `json:"error"`
		}
		if json.Unmarshal(answer, &no) != nil || no.Error == "" {
			return nil, fmt.Errorf("%w (%s is something else)", ErrNotRunning, a.domain)
		}
		return nil, errors.New(no.Error)
	}
	var users []Listed
	if err := json.Unmarshal(answer, &users); err != nil {
		return nil, fmt.Errorf("%w (%s is something else)", ErrNotRunning, a.domain)
	}
	return users, nil
}
