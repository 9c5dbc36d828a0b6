using Baton.Storage;

namespace Baton.Tests.Storage;

/// <summary>Looks for a value in every column of every table; the schema is the file's own.</summary>
internal static class ColumnHunt
{
    /// <summary>Where the value stands, by table and column, with some of its surroundings.</summary>
    /// <param name="allowed">Tables that may hold it.</param>
    public static List<string> Places(Database database, string value, params string[] allowed) =>
        database.Read(connection =>
        {
            var tables = connection.Query("select name from sqlite_master where type = 'table'", row => row.Text(0));
            Assert.Contains("events", tables);
            return tables.Except(allowed)
                .SelectMany(table => Columns(connection, table).SelectMany(column => connection.Query(
                $"""
                select '{table}.{column}: ' || substr("{column}", max(1, instr("{column}", $1) - 120), 240)
                from "{table}" where instr(cast("{column}" as text), $1) > 0
                """, row => row.Text(0), value))).ToList();
        });

    private static List<string> Columns(ReadConnection connection, string table) =>
        connection.Query("select name from pragma_table_info($1)", row => row.Text(0), table);
}
