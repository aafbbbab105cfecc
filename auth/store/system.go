package store

import "github.com/zalando/go-keyring"

// system is the operating system's keyring. reachable says, where it can be
// known without asking, that there is none: on the systems with D-Bus the
// library would otherwise run dbus-launch and leave a daemon behind. explained
// asks after a failure what the library does not tell.
type system struct{}

func (system) Set(service, user, text string) error {
	if err := reachable(); err != nil {
		return err
	}
	return explained(keyring.Set(service, user, text))
}

func (system) Get(service, user string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	text, err := keyring.Get(service, user)
	return text, explained(err)
}

func (system) Delete(service, user string) error {
	if err := reachable(); err != nil {
		return err
	}
	return explained(keyring.Delete(service, user))
}
