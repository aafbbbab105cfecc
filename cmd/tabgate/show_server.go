package main

import (
	"context"
	"slices"

	"github.com/authtabs/tabgate/auth/neterr"
)

// fetch asks the server for the page, and makes it ready as the flags want it.
func (p *showCommand) fetch(ctx context.Context, s *serverPages) error {
	got, err := s.gate.Page(ctx, p.listed, s.listing.Pages.IDs())
	asks := p.listed.ID + " " + needs(p.listed.Groups)
	switch kind := neterr.KindOf(err); {
	case err != nil && kind == neterr.Unauthorized:
		return fail(exitNotSignedIn, "Please login! "+asks+": run tabgate login --server "+s.gate.Offer().Server)
	case err != nil && kind == neterr.Forbidden:
		return fail(exitNoAccess, "You do not have access. Please contact the administrator. "+asks)
	case err != nil:
		return err
	}
	p.listed = got.Page
	p.desk.board = s.board(got, s.listing.Pages)
	p.desk.listed = slices.Clone(p.desk.listed)
	for i := range p.desk.listed {
		if p.desk.listed[i].ID == got.ID {
			p.desk.listed[i] = got.Page
		}
	}
	return p.choose()
}
