namespace Baton.Storage.Sealing;

/// <summary>Whose words are erased.</summary>
/// <param name="Customer">The id as it is kept; a ticket's where its customer has none.</param>
internal sealed record ErasedOwner(string Customer, IReadOnlyList<string> Tickets);

/// <summary>
/// A place besides the message table that keeps something of what customers wrote. The slice that fills it registers
/// it, so that an erasure misses none.
/// </summary>
/// <param name="Name">For the receipt, in the plural: <c>vectors</c>.</param>
/// <param name="Erase">Returns how many were erased. May be repeated.</param>
internal sealed record ErasedPlace(string Name, Func<WriteTransaction, ErasedOwner, int> Erase)
{
    /// <summary>Transcripts, learning: what a retention takes together; null: it takes this place never.</summary>
    public string? KeptAs { get; init; }

    /// <summary>A place whose rows belong to tickets, one after the other.</summary>
    public static ErasedPlace OfTickets(string name, string keptAs, Func<WriteTransaction, string, int> erase) =>
        new(name, (transaction, owner) => owner.Tickets.Sum(ticket => erase(transaction, ticket))) { KeptAs = keptAs };
}
