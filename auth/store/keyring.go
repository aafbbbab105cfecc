package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// service is the name all items carry in the keyring.
const service = "tabgate"

// rereads bounds how often Load starts again when the set changed under it.
const rereads = 4

// Keyring keeps sessions in ring, or in the operating system's keyring when
// ring is nil. No call takes longer than Limit. Each token lies in items of
// its own, "<account>/<slot>/<token>/<n>", under a manifest,
// "<account>/manifest", that is written last.
//
// On Linux the library shares one D-Bus connection for the whole process and
// never closes it; its reading goroutine ends with the program.
func Keyring(ring Ring) Store { return keyringWithin(ring, Limit) }

func keyringWithin(ring Ring, d time.Duration) *keyringStore {
	if ring == nil {
		ring = system{}
	}
	return &keyringStore{limit(ring, d)}
}

type keyringStore struct{ *limited }

func (k *keyringStore) Kind() string { return "keyring" }

// Probe uses an item of this process's own, so that two tabgates which probe
// at once do not read each other's canary.
func (k *keyringStore) Probe(ctx context.Context) error {
	ctx, cancel := k.within(ctx)
	defer cancel()
	item := fmt.Sprintf("probe/%08x", uint32(time.Now().UnixNano()))
	canary := strings.Repeat("canary-0123456789", chunkSize/17)
	if err := k.set(ctx, item, canary); err != nil {
		return err
	}
	got, err := k.get(ctx, item)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if got != canary {
		return fail(Other, "it does not give back what was stored", nil)
	}
	return k.remove(ctx, item)
}

func manifestItem(a Account) string { return a.Key() + "/manifest" }

func chunkItem(a Account, slot, token string, n int) string {
	return fmt.Sprintf("%s/%s/%s/%d", a.Key(), slot, token, n)
}

// Load reads the set that the manifest describes. A save elsewhere may replace
// the set meanwhile; when the manifest has changed, Load starts again, so only
// a set that is damaged at rest is called damaged.
func (k *keyringStore) Load(ctx context.Context, a Account) (Saved, error) {
	ctx, cancel := k.within(ctx)
	defer cancel()
	before, err := k.get(ctx, manifestItem(a))
	if err != nil {
		return Saved{}, err
	}
	for range rereads {
		saved, damage, err := k.read(ctx, a, before)
		if err != nil || damage == nil {
			return saved, err
		}
		after, err := k.get(ctx, manifestItem(a))
		if err != nil {
			return Saved{}, err
		}
		if after == before {
			return Saved{}, fail(Damaged, damage.Error(), damage)
		}
		before = after
	}
	return Saved{}, fail(Busy, "", nil)
}

// read gives the set, or what is wrong with it, or a failure of the keyring.
func (k *keyringStore) read(ctx context.Context, a Account, text string) (s Saved, damage, err error) {
	m, damage := parse(a, text)
	if damage != nil {
		return Saved{}, damage, nil
	}
	items := m.items(a)
	chunks, err := k.getAll(ctx, items)
	if errors.Is(err, ErrNotFound) {
		return Saved{}, errors.New("a piece of it is missing"), nil
	}
	if err != nil {
		return Saved{}, nil, err
	}
	into := [...]*secret.Text{&s.ID, &s.Access, &s.Refresh}
	for i, token := range tokens {
		p := m.part(token)
		got := strings.Join(chunks[:p.chunks()], "")
		chunks = chunks[p.chunks():]
		if len(got) != p.Bytes || p.Bytes > 0 && digest(got) != p.SHA256 {
			return Saved{}, fmt.Errorf("the %s token is not the one that was stored", token), nil
		}
		*into[i] = secret.New(got)
	}
	s.Issuer, s.Generation = m.Issuer, m.Generation
	m.tell(&s)
	return s, nil, nil
}

// Save writes the chunks into the slot that is not in use, then the manifest,
// then removes what the old set and any save that was cut short left behind.
// Leftovers that cannot be removed are no failure: the next save tries again.
func (k *keyringStore) Save(ctx context.Context, a Account, s Saved) error {
	slot, err := k.free(ctx, a)
	if err != nil {
		return err
	}
	m, err := compose(a, s, slot)
	if err != nil {
		return err
	}
	rows := make([][]item, len(tokens))
	for i, text := range []secret.Text{s.ID, s.Access, s.Refresh} {
		for n, chunk := range split(text.Reveal()) {
			rows[i] = append(rows[i], item{chunkItem(a, slot, tokens[i], n), chunk})
		}
	}
	if err := k.setAll(ctx, rows); err != nil {
		return err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("describe the session: %w", err)
	}
	if err := k.set(ctx, manifestItem(a), string(text)); err != nil {
		return err
	}
	for _, token := range tokens {
		_ = k.trim(ctx, a, slot, token, m.part(token).chunks(), 0)
		_ = k.trim(ctx, a, m.other(), token, 0, 0)
	}
	return nil
}

// free names the slot that no readable manifest points to.
func (k *keyringStore) free(ctx context.Context, a Account) (string, error) {
	text, err := k.get(ctx, manifestItem(a))
	if errors.Is(err, ErrNotFound) {
		return slots[0], nil
	}
	if err != nil {
		return "", err
	}
	m, damage := parse(a, text)
	if damage != nil {
		return slots[0], nil //nolint:nilerr // A damaged manifest points to no slot.
	}
	return m.other(), nil
}

// trim removes the chunks of a token from number keep on. It looks for the end
// first, at least as far as known, and removes from there down, so that a kill
// in between leaves no gap for a later trim to stop at.
func (k *keyringStore) trim(ctx context.Context, a Account, slot, token string, keep, known int) error {
	end := keep
	for ; end <= maxToken/chunkSize; end++ {
		_, err := k.get(ctx, chunkItem(a, slot, token, end))
		if errors.Is(err, ErrNotFound) && end >= known {
			break
		}
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	for end--; end >= keep; end-- {
		if err := k.remove(ctx, chunkItem(a, slot, token, end)); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// Delete removes the manifest first: from then on nobody is signed in, however
// far the rest gets. The first failure is reported, the rest still tried.
func (k *keyringStore) Delete(ctx context.Context, a Account) error {
	text, err := k.get(ctx, manifestItem(a))
	if timedOut(err) {
		return err
	}
	m, _ := parse(a, text) // a broken one knows of no chunks; then their end is looked for
	first := k.remove(ctx, manifestItem(a))
	if errors.Is(first, ErrNotFound) {
		first = nil
	}
	for _, slot := range slots {
		for _, token := range tokens {
			if timedOut(first) {
				return first
			}
			known := min(m.part(token).chunks(), maxToken/chunkSize)
			if err := k.trim(ctx, a, slot, token, 0, known); err != nil && first == nil {
				first = err
			}
		}
	}
	return first
}

// timedOut reports whether more calls would only wait as long again.
func timedOut(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Reason == Timeout || errors.Is(err, context.Canceled)
}
