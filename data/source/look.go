package source

import (
	"cmp"
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source/postgres"
)

// Look says in a line each what lets readers see more than a database's policies
// mean them to, as far as the database itself tells. It is for connections that
// are asked with identity claims; others give nothing.
func (s *Store) Look(ctx context.Context, conn dashboard.Connection) (found []string, err error) {
	if conn.Driver != "postgres" {
		return nil, nil
	}
	dsn, err := s.expand(conn.DSN)
	if err != nil {
		return nil, fmt.Errorf("connection %s: %w", conn.Name, err)
	}
	leaks, err := s.servers.Look(ctx, postgres.Query{DSN: dsn, Role: conn.Role, Timeout: cmp.Or(conn.Timeout, queryTime)})
	if err != nil {
		return nil, fmt.Errorf("connection %s: %s", conn.Name, oneLine(err))
	}
	for _, l := range leaks {
		found = append(found, fmt.Sprintf("connection %s: %s %s %s", conn.Name, l.Kind, l.Name, l.Why))
	}
	return found, nil
}
