using Baton.Storage;

namespace Baton.People.SignIn;

/// <summary>The table <c>person_secrets</c>: how one person signs in.</summary>
/// <param name="CodeKey">Encrypted key of the authenticator app; null: no second factor.</param>
/// <param name="CodePending">Encrypted key that was shown and not confirmed yet.</param>
/// <param name="CodeStep">Last step whose code was used.</param>
internal sealed record PersonSecret(
    string? PasswordHash, int Failures, DateTimeOffset? LockedUntil, string? CodeKey, string? CodePending,
    long CodeStep)
{
    private static readonly PersonSecret None = new(null, 0, null, null, null, 0);

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    public static PersonSecret Of(ReadConnection connection, string personId) => connection.First(
        """
        select password_hash, failures, locked_until, code_key, code_pending, code_step
        from person_secrets where person_id = $1
        """,
        row => new PersonSecret(row.TextOrNull(0), row.Int32(1), row.TimeOrNull(2), row.TextOrNull(3),
            row.TextOrNull(4), row.Int64(5)), personId) ?? None;

    public void Write(WriteTransaction transaction, string personId) => transaction.Execute(
        """
        insert into person_secrets (person_id, password_hash, failures, locked_until, code_key, code_pending, code_step)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (person_id) do update set password_hash = $2, failures = $3, locked_until = $4, code_key = $5,
            code_pending = $6, code_step = $7
        """,
        personId, PasswordHash, (long)Failures, SqlValue.Ms(LockedUntil), CodeKey, CodePending, CodeStep);
}
