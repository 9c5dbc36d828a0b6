using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using System.Text;
using Baton.Storage.Engines;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Storage.Postgres;

/// <summary>A connection to a server.</summary>
/// <param name="connection">Open; belongs to this session.</param>
/// <param name="database">Its name in messages.</param>
/// <param name="busyTimeoutMs">How long to wait for what another write has locked.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, string database, int busyTimeoutMs)
    : StorageSession(PostgresCatalog.Instance)
{
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private bool _inTransaction, _failed;
    private int _changes;

    public override int Changes => _changes;

    public override bool InTransaction => _inTransaction && connection.FullState.HasFlag(ConnectionState.Open);

    public override void Begin()
    {
        // Each statement sees what is committed when it starts: behind a lock that is what those before have written.
        Script($"begin isolation level read committed; set local lock_timeout = {busyTimeoutMs}");
        _held.Clear();
        (_inTransaction, _failed) = (true, false);
    }

    public override void BeginRead()
    {
        Script("begin isolation level repeatable read read only");
        _inTransaction = true;
    }

    public override void Lock(string name)
    {
        if (_held.Contains(name)) return;
        using var run = Start("select pg_advisory_xact_lock($1) is null", [KeyOf(name)]);
        _held.Add(name);
    }

    public override bool TryLock(string name)
    {
        if (_held.Contains(name)) return true;
        using var run = Start("select cast(pg_try_advisory_xact_lock($1) as integer)", [KeyOf(name)]);
        return run.Step() && run.Row.Int64(0) == 1 && _held.Add(name);
    }

    public override void LockTable(string table) => Script($"lock table {table} in share row exclusive mode");

    public override bool TryRollbackToSavepoint()
    {
        // The server lets go of what was locked since.
        _held.Clear();
        _failed = false;
        return Tried("rollback to work; release work");
    }

    public override bool TryRollback()
    {
        if (!_inTransaction) return connection.FullState.HasFlag(ConnectionState.Open);
        _inTransaction = false;
        return Tried("rollback");
    }

    public override SqlRun Start(string sql, scoped ReadOnlySpan<SqlValue> values)
    {
        using var command = new NpgsqlCommand(Said(sql), connection);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return Guarded(() =>
        {
            using var reader = command.ExecuteReader();
            var run = PostgresRun.Of(reader);
            _changes = Math.Max(0, reader.RecordsAffected);
            return run;
        });
    }

    public override void Script(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        Guarded(command.ExecuteNonQuery);
    }

    public override void InsertMany(
        string table, IReadOnlyList<TableColumn> columns, IReadOnlyList<SqlValue[]> rows) => Guarded(() =>
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        using var copy = connection.BeginBinaryImport($"copy \"{table}\" ({names}) from stdin (format binary)");
        foreach (var row in rows)
        {
            copy.StartRow();
            foreach (var value in row) Write(copy, value);
        }
        return copy.Complete();
    });

    private static void Write(NpgsqlBinaryImporter copy, in SqlValue value)
    {
        switch (value.Kind)
        {
            case SqlKind.Null: copy.WriteNull(); break;
            case SqlKind.Integer: copy.Write(value.Bits, NpgsqlDbType.Bigint); break;
            case SqlKind.Real: copy.Write(BitConverter.Int64BitsToDouble(value.Bits), NpgsqlDbType.Double); break;
            case SqlKind.Text: copy.Write(Allowed((string)value.Reference!), NpgsqlDbType.Text); break;
            default: copy.Write(value.Bytes.ToArray(), NpgsqlDbType.Bytea); break;
        }
    }

    public override void Dispose() => connection.Dispose();

    protected override void Run(string sql)
    {
        // The server would take a commit for a rollback, and not say so.
        if (sql == "commit" && _failed)
            throw new StorageException($"{database}: a statement failed and its work went on", isTransient: false);
        Script(sql);
        if (sql == "commit") _inTransaction = false;
    }

    /// <summary>
    /// What a statement says to a server alone stands in a remark that begins with <c>pg</c>:
    /// <c>/*pg for update skip locked*/</c>.
    /// </summary>
    private string Said(string sql)
    {
        if (_said.TryGetValue(sql, out var known)) return known;
        return _said[sql] = !sql.Contains("/*pg ", StringComparison.Ordinal) ? sql
            : sql.Replace("/*pg ", "", StringComparison.Ordinal).Replace("*/", "", StringComparison.Ordinal);
    }

    private static long KeyOf(string name) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private bool Tried(string sql)
    {
        try
        {
            Script(sql);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private T Guarded<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (PostgresFault.IsOfServer(error) || IsOfClosed(error))
        {
            _failed = true;
            throw PostgresFault.ToException(error, database);
        }
    }

    /// <summary>What the driver says to a call on a connection that it has given up.</summary>
    private bool IsOfClosed(Exception error) =>
        error is InvalidOperationException && !connection.State.HasFlag(ConnectionState.Open);

    private static NpgsqlParameter Parameter(in SqlValue value) => value.Kind switch
    {
        SqlKind.Null => new NpgsqlParameter { Value = DBNull.Value },
        SqlKind.Integer => new NpgsqlParameter<long> { TypedValue = value.Bits, NpgsqlDbType = NpgsqlDbType.Bigint },
        SqlKind.Real => new NpgsqlParameter<double>
        {
            TypedValue = BitConverter.Int64BitsToDouble(value.Bits), NpgsqlDbType = NpgsqlDbType.Double,
        },
        SqlKind.Text => Text((string)value.Reference!),
        SqlKind.Utf8 => Text(Encoding.UTF8.GetString(value.Bytes)),
        _ => new NpgsqlParameter<byte[]> { TypedValue = value.Bytes.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea },
    };

    private static NpgsqlParameter<string> Text(string text) =>
        new() { TypedValue = Allowed(text), NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>
    /// The one character that a text of PostgreSQL cannot hold becomes the one that stands for it; half of a surrogate
    /// pair, which the driver refuses, becomes what SQLite makes of it.
    /// </summary>
    private static string Allowed(string text)
    {
        text = text.Replace('\0', '\u2400');
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
