package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fsnotify/fsnotify"

	"github.com/authtabs/tabgate/auth/fault"
)

// Mark is what every process may know of an account without opening the
// store. It holds no secret and lies in two small files, each of which only
// ever grows, so that no writer can undo another's.
type Mark struct {
	Generation uint64 // the last generation that was saved
	Ended      uint64 // sets up to this generation were signed out
}

// Next is a generation that no set has had.
func (m Mark) Next(s Saved) uint64 { return max(m.Generation, m.Ended, s.Generation) + 1 }

func markFile(dir string, a Account, kind string) string {
	return filepath.Join(dir, a.Key()+"."+kind)
}

// ReadMark reads the account's mark in dir. A missing mark is the zero Mark.
// With an error what could be read is returned as well.
func ReadMark(dir string, a Account) (Mark, error) {
	generation, err := readNumber(markFile(dir, a, "generation"))
	ended, endedErr := readNumber(markFile(dir, a, "ended"))
	if err == nil {
		err = endedErr
	}
	return Mark{generation, ended}, err
}

func readNumber(path string) (uint64, error) {
	data, err := ReadPrivate(path, 64)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	text := strings.Trim(string(data), " \n\x00")
	if text == "" {
		return 0, nil // a power cut; what is stored has its generation too
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n > maxGeneration {
		return 0, fmt.Errorf("%s does not hold a number; remove it", path)
	}
	return n, nil
}

// Announce tells other processes that generation has been saved. Call it after
// Save and under the lock. It does not wait for the disk: a mark that is lost
// in a power cut costs nothing, for no other process survives one either.
func Announce(dir string, a Account, generation uint64) error {
	return grow(dir, markFile(dir, a, "generation"), generation, false)
}

// End tells other processes that every set up to generation is signed out,
// whatever the store still holds.
func End(dir string, a Account, generation uint64) error {
	return grow(dir, markFile(dir, a, "ended"), generation, true)
}

func grow(dir, path string, n uint64, durable bool) error {
	if err := PrivateDir(dir); err != nil {
		return err
	}
	if old, err := readNumber(path); err == nil && old >= n {
		return nil
	}
	return replace(path, []byte(strconv.FormatUint(n, 10)+"\n"), durable)
}

// Watch gives a value each time the account's mark may have changed, until the
// context ends; then the channel is closed. It sleeps in the kernel between
// changes. Several changes may come as one value.
func Watch(ctx context.Context, dir string, a Account) (<-chan struct{}, error) {
	if err := PrivateDir(dir); err != nil {
		return nil, err
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch for sign-outs elsewhere: %w", err)
	}
	if err := w.Add(dir); err != nil {
		w.Close()
		return nil, fmt.Errorf("watch for sign-outs elsewhere: %w", err)
	}
	changed := make(chan struct{}, 1)
	fault.Go(func() { relay(ctx, w, a, changed) })
	return changed, nil
}

func relay(ctx context.Context, w *fsnotify.Watcher, a Account, changed chan<- struct{}) {
	defer close(changed)
	defer w.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case event, ok := <-w.Events:
			if !ok {
				return
			}
			if !concerns(event, a) {
				continue
			}
		case _, ok := <-w.Errors: // an overflow: something may have been missed
			if !ok {
				return
			}
		}
		select {
		case changed <- struct{}{}:
		default: // the last one has not been looked at yet
		}
	}
}

func concerns(event fsnotify.Event, a Account) bool {
	name := filepath.Base(event.Name)
	return (name == a.Key()+".generation" || name == a.Key()+".ended") &&
		!event.Has(fsnotify.Remove) && !event.Has(fsnotify.Chmod)
}
