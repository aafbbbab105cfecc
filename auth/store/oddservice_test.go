//go:build linux

package store

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const secrets = "org.freedesktop.secrets"

// oddService answers on a real bus in the place of a keyring: its collection
// is locked, and what becomes of that is the test's.
type oddService struct {
	bus      *dbus.Conn
	prompted chan struct{}
	refuse   *dbus.Error     // of Unlock
	paths    any             // of the property Collections
	silent   bool            // Unlock neither unlocks nor prompts
	preset   dbus.ObjectPath // of the alias "default"
	unasked  bool            // ReadAlias fails
}

const (
	odd     = dbus.ObjectPath("/org/freedesktop/secrets")
	oddPath = odd + "/collection/login"
	prompt  = odd + "/prompt/1"
)

func (o *oddService) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), odd + "/session/1", nil
}

func (o *oddService) Unlock([]dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if o.silent {
		return nil, "/", nil
	}
	return nil, prompt, o.refuse
}

func (o *oddService) ReadAlias(string) (dbus.ObjectPath, *dbus.Error) {
	if o.unasked {
		return "/", dbus.NewError("org.freedesktop.DBus.Error.Failed", []any{"not now"})
	}
	return o.preset, nil
}

// Get is of org.freedesktop.DBus.Properties.
func (o *oddService) Get(string, string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant(o.paths), nil
}

// Prompt is shown, and nobody answers it.
func (o *oddService) Prompt(string) *dbus.Error { o.prompted <- struct{}{}; return nil }

// Close ends a session.
func (o *oddService) Close() *dbus.Error { return nil }

// complete answers the prompt at last.
func (o *oddService) complete(t *testing.T) {
	must(t, o.bus.Emit(prompt, "org.freedesktop.Secret.Prompt.Completed", false, dbus.MakeVariant([]dbus.ObjectPath{oddPath})))
}

func startOddService(t *testing.T, o *oddService) {
	t.Helper()
	var err error
	o.bus, err = dbus.ConnectSessionBus()
	must(t, err)
	t.Cleanup(func() { o.bus.Close() })
	o.prompted = make(chan struct{}, 8)
	if o.paths == nil {
		o.paths = []dbus.ObjectPath{oddPath}
	}
	for path, iface := range map[dbus.ObjectPath]string{
		odd: "org.freedesktop.Secret.Service", prompt: "org.freedesktop.Secret.Prompt", odd + "/session/1": "org.freedesktop.Secret.Session",
	} {
		must(t, o.bus.Export(o, path, iface))
	}
	must(t, o.bus.Export(o, odd, "org.freedesktop.DBus.Properties"))
	reply, err := o.bus.RequestName(secrets, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name is not ours: %v, %v", reply, err)
	}
}

func TestK1OnARealBusWhereNobodyKeepsSecrets(t *testing.T) {
	if os.Getenv(insideBus) == "" {
		onABusOfItsOwn(t)
		return
	}
	var e *Error
	if err := Keyring(nil).Probe(t.Context()); !errors.As(err, &e) || e.Reason != NoService {
		t.Errorf("got %v", err)
	}
	if _, err := Keyring(nil).Load(t.Context(), ana); !errors.As(err, &e) || e.Reason != NoService {
		t.Errorf("load: %v", err)
	}
}

func TestK1K9OnARealBusAPromptThatNobodyAnswersInTime(t *testing.T) {
	if os.Getenv(insideBus) == "" {
		onABusOfItsOwn(t)
		return
	}
	o := &oddService{}
	startOddService(t, o)
	k := keyringWithin(nil, 100*time.Millisecond)
	var e *Error
	if err := k.Probe(t.Context()); !errors.As(err, &e) || e.Reason != Timeout {
		t.Fatalf("got %v", err)
	}
	<-o.prompted // a person did see it
	if err := k.Save(t.Context(), ana, big("x", 10, 10, 10)); !errors.As(err, &e) || e.Reason != Timeout {
		t.Errorf("meanwhile: %v", err)
	}
	if len(o.prompted) != 0 {
		t.Error("a second prompt was piled on the first")
	}
	o.complete(t)        // too late: the answer is nobody's any more
	k.turn <- struct{}{} // the call that hung is over
	<-k.turn             //
	if err := k.Probe(t.Context()); !errors.As(err, &e) || e.Reason != Timeout {
		t.Errorf("the next time: %v", err)
	}
	<-o.prompted // it was asked again
	o.complete(t)
	k.turn <- struct{}{}
}

func TestK1K4OnARealBusWhatAKeyringMayAnswer(t *testing.T) {
	if os.Getenv(insideBus) == "" {
		onABusOfItsOwn(t)
		return
	}
	tests := map[string]struct {
		service oddService
		want    Reason
	}{
		"K-1 it is locked, in its own words": {oddService{refuse: dbus.NewError("org.freedesktop.Secret.Error.IsLocked", []any{"Cannot get secret of a locked object"})}, Locked},
		"K-1 nobody replies":                 {oddService{refuse: dbus.NewError("org.freedesktop.DBus.Error.NoReply", []any{"gone"})}, Timeout},
		"K-1 it is locked":                   {oddService{refuse: dbus.NewError("org.freedesktop.Secret.Error.IsLocked", nil)}, Locked},
		"K-1 the bus forbids it":             {oddService{refuse: dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", []any{"no"})}, Denied},
		"K-1 it has no such thing":           {oddService{refuse: dbus.NewError("org.freedesktop.DBus.Error.UnknownMethod", []any{"UnknownMethod"})}, NoService},
		"K-10 it has no collection":          {oddService{silent: true, paths: []dbus.ObjectPath{}, preset: "/"}, NoCollection},
		"K-10 a refusal names the alias":     {oddService{paths: []dbus.ObjectPath{}, refuse: dbus.NewError("org.freedesktop.DBus.Error.UnknownMethod", []any{"No such object path '/org/freedesktop/secrets/aliases/default'"})}, NoCollection},
		"K-10 another default is locked":     {oddService{silent: true, paths: []dbus.ObjectPath{}, preset: odd + "/collection/other"}, Dismissed},
		"K-10 the alias cannot be read":      {oddService{silent: true, paths: []dbus.ObjectPath{}, unasked: true}, Dismissed},
		"K-10 the login keyring is locked":   {oddService{silent: true, preset: "/"}, Dismissed},
		"K-4 a property of another type":     {oddService{paths: "/org/freedesktop/secrets/collection/login"}, Other},
		"K-4 words that paint":               {oddService{refuse: dbus.NewError("x.Y", []any{"\x1b]52;c;aGk=\x07"})}, Other},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			startOddService(t, &test.service)
			defer test.service.bus.Close()
			err := Keyring(nil).Probe(t.Context())
			var e *Error
			if !errors.As(err, &e) || e.Reason != test.want {
				t.Fatalf("got %v", err)
			}
			checkSentence(t, err.Error())
		})
	}
}
