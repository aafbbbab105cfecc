package main

import (
	"sync"

	"github.com/authtabs/tabgate/auth"
)

// late is a sign-in that was made while the app ran. It is closed after the
// app, however late the command that makes it ends.
type late struct {
	mu   sync.Mutex
	svc  *auth.Service
	over bool
}

func (l *late) keep(svc *auth.Service) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		svc.Close()
		return
	}
	l.svc = svc
}

func (l *late) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over = true; l.svc != nil {
		l.svc.Close()
	}
}
