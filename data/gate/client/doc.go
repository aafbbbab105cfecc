// Package client is the reader's side of a gate: it asks a server for its pages
// and their figures as the person who is signed in, and trusts it with nothing
// else. It knows neither screens nor how one signs in: the access token is
// handed to it, and it sends it to the server of its address alone.
//
// From an address to figures:
//
//	ParseAddress    the address as a person types it, normalised
//	FetchOffer      whom the server has people sign in with; nothing else is
//	                asked before the person agrees to that (Offer.Words)
//	Client.Dashboard, Client.Page
//	                the tabs, and what a page that is open is made of
//	Page.Open       a frame of a page, which is read again as the page says
//
// What a server sends is hostile until it is shown: it is bounded, a frame that
// was cut is refused, paths and addresses in it are followed nowhere, and
// figures are in memory alone.
package client
