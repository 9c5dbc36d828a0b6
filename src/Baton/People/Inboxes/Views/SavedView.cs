namespace Baton.People.Inboxes.Views;

/// <summary>A list with its filters under a name.</summary>
/// <param name="Owner">Id of the person, or name of the key.</param>
/// <param name="Query">As in the address of the list, with its question mark; empty for the list without any.</param>
/// <param name="Shared">Whether everybody sees it.</param>
public sealed record SavedView(string Owner, string Name, string Query, bool Shared);
