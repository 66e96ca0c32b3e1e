package konbini

// Code is what the customer types at the locker. No 0/O, no 4 (四 sounds like death), no 9.
const alphabet = "123567ABCDEFGH"
