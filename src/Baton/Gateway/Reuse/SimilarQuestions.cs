using Baton.Storage;

namespace Baton.Gateway.Reuse;

/// <summary>
/// Finds the answered question that is most like a new one, among those that were asked in the same words around it:
/// the same caller, stage, instructions, passages and history. In memory; a group is read from the database when first
/// asked, and again now and then where other processes add to it.
/// </summary>
internal sealed class SimilarQuestions(Database database, TimeProvider clock)
{
    /// <summary>Questions compared at most in one group, the newest: about a millisecond.</summary>
    public const int MostPerGroup = 1_000;

    /// <summary>Groups in memory; above it they are forgotten and read again.</summary>
    private const int MostGroups = 1_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly BoundedCache<string, Group> _groups = new(MostGroups);

    /// <summary>The key of the answer to the most similar question that agrees with this one, or null.</summary>
    public byte[]? Find(byte[] group, Question question, double threshold)
    {
        var entries = Of(group).Entries();
        byte[]? best = null;
        var highest = threshold;
        foreach (var (key, known) in entries)
        {
            var cosine = question.Vector.Dot(known.Vector);
            if (cosine < highest || question.Disagreement(known) is not null) continue;
            (highest, best) = (cosine, key);
        }
        return best;
    }

    public void Add(byte[] group, byte[] key, Question question) => Of(group).Add(key, question);

    private Group Of(byte[] group)
    {
        var name = Convert.ToHexString(group);
        if (database.IsShared && _groups.Find(name) is { } known && clock.GetUtcNow() - known.ReadAt >= Fresh)
            _groups.Forget(name);
        return _groups.GetOrAdd(name, _ => Read(group));
    }

    private Group Read(byte[] group) => new(database.Read(connection => connection.Query(
            """
            select key, question from cached_answers
            where group_key = $1 and expires_at > $2 order by at desc limit $3
            """,
            row => (row.Bytes(0), Question.Of(row.Text(1))), group, SqlValue.Ms(clock.GetUtcNow()),
            (long)MostPerGroup)), clock.GetUtcNow());

    private sealed class Group(List<(byte[] Key, Question Question)> newestFirst, DateTimeOffset readAt)
    {
        public DateTimeOffset ReadAt => readAt;

        private readonly Lock _gate = new();
        private readonly Queue<(byte[] Key, Question Question)> _entries = new(newestFirst.AsEnumerable().Reverse());

        public (byte[] Key, Question Question)[] Entries()
        {
            lock (_gate) return [.. _entries];
        }

        public void Add(byte[] key, Question question)
        {
            lock (_gate)
            {
                _entries.Enqueue((key, question));
                if (_entries.Count > MostPerGroup) _entries.Dequeue();
            }
        }
    }
}
