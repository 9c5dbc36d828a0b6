namespace Baton.Storage.Moving;

/// <summary>Where a database is in a move.</summary>
internal enum MoveState
{
    /// <summary>Its rows are being copied: it can be read.</summary>
    Moving,

    /// <summary>Another one has taken its place.</summary>
    Moved,

    /// <summary>Rows are arriving: it is not whole yet.</summary>
    Arriving,

    /// <summary>It has taken the place of another one.</summary>
    Arrived,
}

/// <summary>What a database says of its own move.</summary>
/// <param name="Other">Address of the other one, without a password.</param>
/// <param name="Token">The same in both.</param>
/// <param name="HolesThrough">Positions of the ledger up to here may be empty, because they were at the source.</param>
internal sealed record MoveMark(
    MoveState State, string Other, string Token, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long HolesThrough)
{
    public static MoveMark? Read(ReadConnection connection) => connection.First(
        "select state, other, token, started_at_ms, ended_at_ms, holes_through from moves where id = 1",
        row => new MoveMark(Enum.Parse<MoveState>(row.Text(0), ignoreCase: true), row.Text(1), row.Text(2),
            row.Time(3), row.TimeOrNull(4), row.Int64(5)));

    public void Write(WriteTransaction transaction) => transaction.Execute(
        """
        insert into moves (id, state, other, token, started_at_ms, ended_at_ms, holes_through)
        values (1, $1, $2, $3, $4, $5, $6)
        on conflict (id) do update set state = $1, other = $2, token = $3, started_at_ms = $4, ended_at_ms = $5,
            holes_through = $6
        """,
        EnumWord, Other, Token, SqlValue.Ms(StartedAt), SqlValue.Ms(EndedAt), HolesThrough);

    /// <summary>Why nobody may work with a database now; null when they may.</summary>
    public static string? Refusal(ReadConnection connection, string path) => Read(connection) switch
    {
        { State: MoveState.Moved } mark =>
            $"{path}: this database was moved to {mark.Other} on {mark.EndedAt?.UtcDateTime:u}: use that one. To write "
            + $"this one again, without what happened there since: `baton db move --cancel --db {path}`.",
        { State: MoveState.Arriving } mark =>
            $"{path}: {mark.Other} is being moved here and has not arrived: go on with `baton db move --db {mark.Other} "
            + $"--to {path}`, or give Baton another database.",
        _ => null,
    };

    private string EnumWord => State switch
    {
        MoveState.Moving => "moving",
        MoveState.Moved => "moved",
        MoveState.Arriving => "arriving",
        _ => "arrived",
    };
}
