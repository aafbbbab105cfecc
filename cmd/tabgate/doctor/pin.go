package doctor

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/authtabs/tabgate/auth/store"
)

// pin is the issuer that was trusted on first use.
type pin struct {
	Issuer string `json:"issuer"` // "" when there is none
	path   string // its file
	err    error  // why it cannot be read
}

// pinned reads what earlier sign-ins left.
func (d Deps) pinned() (p pin) {
	if d.StateDir == "" {
		return pin{}
	}
	p.path = filepath.Join(d.StateDir, "auth", d.account().Key()+".issuer")
	data, err := store.ReadPrivate(p.path, 8<<10)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p
	case err == nil:
		err = json.Unmarshal(data, &p)
	}
	if err == nil && p.Issuer == "" {
		err = errors.New("it names no issuer")
	}
	p.err = err
	return p
}
