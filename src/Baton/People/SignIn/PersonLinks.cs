using System.Security.Cryptography;
using System.Text;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.People.SignIn;

/// <summary>What a link is for.</summary>
internal enum LinkPurpose
{
    /// <summary>Makes the first admin of an installation.</summary>
    FirstAdmin,

    /// <summary>Sets a password: the first one, or a new one.</summary>
    Password,

    /// <summary>Signs in; of the demo only.</summary>
    SignIn,
}

/// <summary>A link that works.</summary>
/// <param name="PersonId">Null for the first admin.</param>
internal sealed record PersonLink(LinkPurpose Purpose, string? PersonId);

/// <summary>Links for people, each for one purpose, once, until its end: 256 random bits, kept as a hash.</summary>
internal sealed class PersonLinks(Database database)
{
    /// <summary>Path before the token of links that lead to a form.</summary>
    public const string JoinPath = "/join/";

    /// <summary>Path before the token of links that sign in by themselves.</summary>
    public const string EnterPath = "/enter/";

    private const int TokenBytes = 32, LongestToken = 100;

    /// <summary>How long a link to set a password works.</summary>
    public static readonly TimeSpan PasswordLife = TimeSpan.FromDays(3);

    /// <summary>How long the links of a start work.</summary>
    public static readonly TimeSpan StartLife = TimeSpan.FromDays(1);

    /// <summary>Makes a link; the one before it, of the same purpose and person, works no longer.</summary>
    /// <returns>Path of the link, with its token, to be shown once.</returns>
    public Task<string> MakeAsync(
        LinkPurpose purpose, string? personId, TimeSpan life, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var (now, token) =
                (database.Clock.GetUtcNow(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
            transaction.Execute(
                "delete from person_links where expires_at <= $1 or (purpose = $2 and coalesce(person_id, '') = $3)",
                SqlValue.Ms(now), EnumWords.Of(purpose), personId ?? "");
            transaction.Execute(
                "insert into person_links (hash, purpose, person_id, expires_at) values ($1, $2, $3, $4)",
                Hash(token), EnumWords.Of(purpose), personId, SqlValue.Ms(now + life));
            if (personId is not null)
                PeopleRecord.Append(
                    transaction, personId, now, "LinkMade", ("purpose", EnumWords.Of(purpose)), ("by", by));
            return (purpose == LinkPurpose.SignIn ? EnterPath : JoinPath) + token;
        }, cancellationToken);

    /// <summary>What a token is for; null when it is not ours, was used, or is over.</summary>
    public PersonLink? Find(string token) => database.Read(connection => Find(connection, token));

    /// <summary>Takes a link: it works no longer. Null as for <see cref="Find(string)"/>.</summary>
    public PersonLink? Use(WriteTransaction transaction, string token)
    {
        if (Find(transaction, token) is not { } link) return null;
        // Of two that use it at once one changes the row.
        return transaction.Execute("update person_links set used_at = $1 where hash = $2 and used_at is null",
            SqlValue.Ms(database.Clock.GetUtcNow()), Hash(token)) == 1 ? link : null;
    }

    /// <inheritdoc cref="Find(string)"/>
    public PersonLink? Find(ReadConnection connection, string token) => token.Length > LongestToken ? null
        : connection.First(
            "select purpose, person_id from person_links where hash = $1 and used_at is null and expires_at > $2",
            row => new PersonLink(EnumWords.Find<LinkPurpose>(row.Text(0))!.Value, row.TextOrNull(1)),
            Hash(token), SqlValue.Ms(database.Clock.GetUtcNow()));

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
