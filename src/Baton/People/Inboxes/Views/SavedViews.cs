using Baton.Storage;

namespace Baton.People.Inboxes.Views;

/// <summary>Keeps the lists that people come back to.</summary>
internal sealed class SavedViews(Database database, ClearText clear)
{
    /// <summary>Views of one person.</summary>
    public const int Most = 30;

    /// <summary>Views of others that are shown.</summary>
    private const int MostShared = 30;

    /// <summary>Longest name and longest address, characters.</summary>
    public const int LongestName = 60, LongestQuery = 1_000;

    /// <summary>What somebody sees: the own ones by name, then those that others share.</summary>
    public IReadOnlyList<SavedView> Of(string owner) => database.Read(connection => (IReadOnlyList<SavedView>)
    [
        .. connection.Query(
            "select owner, name, query, shared from inbox_views where owner = $1 order by name", Map, owner),
        .. connection.Query(
            """
            select owner, name, query, shared from inbox_views where owner <> $1 and shared = 1
            order by name, owner limit $2
            """, Map, owner, (long)MostShared),
    ]);

    /// <summary>Keeps it, in place of one of the same name; gives why not, or null.</summary>
    public async Task<string?> SaveAsync(SavedView view, CancellationToken cancellationToken)
    {
        var name = view.Name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return $"name '{name}': use 1 to {LongestName} characters";
        if (view.Query.Length > LongestQuery)
            return $"the filters have {view.Query.Length} characters, the limit is {LongestQuery}";
        // Somebody may have searched for a customer's address: it finds nothing, and is not kept.
        var (kept, said) = (clear(name), Uri.UnescapeDataString(view.Query));
        if (clear(said) != said)
            return "the text of the search holds personal data, which is not kept: search for an id or for words";
        return await database.WriteAsync(transaction =>
        {
            transaction.Lock($"views/{view.Owner}");
            var others = transaction.Number(
                "select count(*) from inbox_views where owner = $1 and name <> $2", view.Owner, kept) ?? 0;
            if (others >= Most) return $"you have {Most} views, which is the limit: remove one";
            transaction.Execute(
                """
                insert into inbox_views (owner, name, query, shared) values ($1, $2, $3, $4)
                on conflict (owner, name) do update set query = $3, shared = $4
                """, view.Owner, kept, view.Query, view.Shared);
            return null;
        }, cancellationToken);
    }

    /// <summary>Removes one of somebody's own; false when there is none.</summary>
    public Task<bool> RemoveAsync(string owner, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.Execute(
            "delete from inbox_views where owner = $1 and name = $2", owner, name) > 0, cancellationToken);

    private static SavedView Map(Row row) => new(row.Text(0), row.Text(1), row.Text(2), row.Bool(3));
}
