package auth

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// lastPerson is who signed in last on a profile, as a file of the state
// directory. It holds no secret.
type lastPerson struct {
	Issuer string `json:"issuer"`
	Sub    string `json:"sub"`
	Name   string `json:"name"`
}

// personFile keeps who signed in last on a profile.
type personFile struct {
	dir, path string
	allowed   []string // Options.Issuers
	off       bool     // nobody is asked: the people of a local pool are made to be tried
}

const (
	maxPerson = 16 << 10 // bytes of that file
	personExt = ".person"
)

// newPersonFile names the file after the profile alone: a profile whose user
// pool was exchanged brings somebody else, too.
func newPersonFile(dir, profile string, issuers []string, off bool) personFile {
	sum := sha256.Sum256([]byte("person of " + profile))
	return personFile{dir, filepath.Join(dir, hex.EncodeToString(sum[:16])+personExt), issuers, off}
}

// somebodyElse compares who signed in with who did last on this profile, and
// returns nil where there is nothing to ask: the same person, the first one,
// or a local pool. Two issuers that one user pool id gives are one
// pool.
func (f personFile) somebodyElse(now session.Person) *session.Changed {
	data, err := store.ReadPrivate(f.path, maxPerson)
	var last lastPerson
	if f.off || err != nil || json.Unmarshal(data, &last) != nil || last.Sub == "" {
		return nil
	}
	pool := func(issuer string) string {
		if slices.Contains(f.allowed, issuer) {
			return f.allowed[0]
		}
		return issuer
	}
	if last.Sub == now.Sub && pool(last.Issuer) == pool(now.Issuer) {
		return nil
	}
	return &session.Changed{Now: now, Before: session.Person{Sub: last.Sub, Issuer: last.Issuer, Name: last.Name}}
}

// remember keeps who signed in for the next time. A failure costs a
// question, or the lack of one, and no session.
func (f personFile) remember(p session.Person) {
	if f.off || store.PrivateDir(f.dir) != nil {
		return
	}
	name := []rune(p.Name)
	data, err := json.Marshal(lastPerson{p.Issuer, p.Sub, string(name[:min(len(name), 200)])})
	if err == nil {
		_ = store.WritePrivate(f.path, data)
	}
}

// forget lets the next sign-in be anybody's: who signs out has said that
// they go.
func (f personFile) forget() { _ = os.Remove(f.path) }

// forgetPersons does it for every profile.
func forgetPersons(dir string) {
	all, _ := os.ReadDir(dir)
	for _, file := range all {
		if filepath.Ext(file.Name()) == personExt {
			_ = os.Remove(filepath.Join(dir, file.Name()))
		}
	}
}
