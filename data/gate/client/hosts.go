package client

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
)

// CheckHosts looks up where an offer of a server that is elsewhere leads, for a
// name can be one of this machine or the network around it as well as a number
// can: then it is refused. Only a server that is in a private network itself may
// name others there. A name that cannot be looked up here is no fault: a proxy
// may know it.
func (o Offer) CheckHosts(ctx context.Context, lookup func(ctx context.Context, host string) ([]netip.Addr, error)) error {
	server, err := ParseAddress(o.Server)
	if err != nil || server.Loopback() {
		return err
	}
	own, _ := lookup(ctx, server.Hostname())
	private := slices.ContainsFunc(own, netip.Addr.IsPrivate)
	for what, text := range map[string]string{"issuer": o.Issuer, "domain": o.Domain} {
		u, err := url.Parse(text)
		if err != nil {
			return err
		}
		found, _ := lookup(ctx, u.Hostname())
		for _, ip := range found {
			if ip = ip.Unmap(); internalIP(ip) && (!private || !ip.IsPrivate()) {
				return &OfferError{o.Server, fmt.Sprintf("its %s %s is on this machine or the network around it", what, u.Hostname())}
			}
		}
	}
	return nil
}
