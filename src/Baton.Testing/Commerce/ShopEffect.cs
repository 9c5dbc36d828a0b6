namespace Baton.Testing.Commerce;

/// <summary>Something a shop has done, as its own ledger has it.</summary>
/// <param name="Reference">What the shop calls it, such as <c>RF-70001</c>.</param>
/// <param name="Kind"><c>refund</c>, <c>cancellation</c>, <c>exchange</c>, <c>address</c> or <c>invoice</c>.</param>
/// <param name="Cents">Money that went back, in hundredths of <paramref name="Currency"/>; 0 where none did.</param>
/// <param name="Key">The caller's idempotency key: the same key never has another effect.</param>
/// <param name="Digest">Of what was asked, so that a key cannot stand for two things.</param>
/// <param name="Undone">Whether it was taken back since.</param>
public sealed record ShopEffect(
    string Reference, string Kind, string OrderId, long Cents, string Currency, string Key, string Digest,
    DateTimeOffset At, bool Undone = false);
