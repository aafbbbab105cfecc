// Package consent remembers what the user said to what a folder wants to
// decide, by the hash of what was shown. It knows neither commands nor what is
// asked.
package consent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/authtabs/tabgate/auth/store"
)

const (
	maxAnswers = 500       // the oldest are dropped: whoever is asked again loses little
	maxBytes   = 256 << 10 // of the file
	lockLimit  = 5 * time.Second
	retry      = 20 * time.Millisecond
)

// Answers are the user's answers, in a file of the state directory.
type Answers struct{ dir string }

// In gives the answers that are remembered in dir, the user's own state
// directory. An empty dir remembers nothing.
func In(dir string) Answers { return Answers{dir} }

// answer is one line of the file.
type answer struct {
	Hash string    `json:"hash"` // of exactly what was asked about
	Yes  bool      `json:"yes"`
	What string    `json:"what"` // in words, for whoever reads the file
	When time.Time `json:"when"`
}

// file is the content of the file.
type file struct {
	Version int      `json:"version"`
	Answers []answer `json:"answers"`
}

const version = 1

// errNowhere says that no answer can be remembered.
var errNowhere = errors.New("there is no home directory to remember the answer in: set XDG_STATE_HOME")

func (a Answers) path() string { return filepath.Join(a.dir, "answers.json") }

// Said gives the answer to what has this hash: whether there is one, and
// whether it is a yes. A file that somebody else could have written, or that
// cannot be read, has no answers; the error says why.
func (a Answers) Said(hash string) (yes, known bool, err error) {
	if a.dir == "" {
		return false, false, nil
	}
	f, err := a.read()
	for _, one := range f.Answers {
		if one.Hash == hash {
			return one.Yes, true, nil
		}
	}
	return false, false, err
}

func (a Answers) read() (f file, err error) {
	data, err := store.ReadPrivate(a.path(), maxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return file{}, nil
	}
	if err != nil {
		return file{}, fmt.Errorf("remembered answers do not count: %w", err)
	}
	if err := json.Unmarshal(data, &f); err != nil || f.Version != version {
		return file{}, fmt.Errorf("remembered answers do not count: %s is damaged or of another version; remove it", a.path())
	}
	return f, nil
}

// Remember keeps an answer in the place of an earlier one to the same. What
// says in words what it is about.
func (a Answers) Remember(ctx context.Context, hash, what string, yes bool, now time.Time) error {
	return a.change(ctx, func(list []answer) []answer {
		return append(list, answer{hash, yes, what, now.UTC().Truncate(time.Second)})
	}, hash)
}

// Forget drops the answer, so that the user is asked again.
func (a Answers) Forget(ctx context.Context, hash string) error {
	return a.change(ctx, func(list []answer) []answer { return list }, hash)
}

// change rewrites the file without the answer to hash, and with what add adds.
// Two processes that do so at once lose neither's answer.
func (a Answers) change(ctx context.Context, add func([]answer) []answer, hash string) error {
	if a.dir == "" {
		return errNowhere
	}
	if err := store.PrivateDir(a.dir); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lockLimit)
	defer cancel()
	lock := flock.New(a.path()+".lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, retry); err != nil {
		return fmt.Errorf("the answer cannot be remembered, since another tabgate is at it: %w", err)
	}
	defer func() { _ = lock.Unlock() }()
	f, err := a.read()
	if bad := (*store.Error)(nil); errors.As(err, &bad) {
		return err // somebody else's file stays as it is
	}
	list := add(slices.DeleteFunc(f.Answers, func(one answer) bool { return one.Hash == hash }))
	list = list[max(0, len(list)-maxAnswers):]
	data, err := json.MarshalIndent(file{version, list}, "", " ")
	for ; err == nil && len(data) >= maxBytes; data, err = json.MarshalIndent(file{version, list}, "", " ") {
		list = list[len(list)/4+1:]
	}
	if err != nil {
		return fmt.Errorf("describe the answers: %w", err)
	}
	if err := store.WritePrivate(a.path(), append(data, '\n')); err != nil {
		return fmt.Errorf("the answer cannot be remembered: %w", err)
	}
	return nil
}
