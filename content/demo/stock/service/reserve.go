package stock

import "context"

// Reserve promises all quantities or none. It is safe to repeat with the same checkout.
func (s *Service) Reserve(ctx context.Context, pantry, checkout string, want map[string]uint32) (*Reservation, error) {
	return inTransaction(ctx, s.db, func(tx Tx) (*Reservation, error) {
		if held, err := tx.ReservationOf(checkout); err != nil || held != nil {
			return held, err
		}
		missing, err := tx.Take(pantry, want) // one UPDATE ... WHERE free >= wanted
		if err != nil || len(missing) > 0 {
			return &Reservation{Missing: missing}, err
		}
		return tx.Hold(checkout, want)
	})
}
