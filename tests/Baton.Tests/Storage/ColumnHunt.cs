using Baton.Storage;

namespace Baton.Tests.Storage;

/// <summary>Looks for a value in every row of every table; the schema is the database's own.</summary>
internal static class ColumnHunt
{
    private const int Around = 120;

    /// <summary>Where the value stands, by table, with some of its surroundings.</summary>
    /// <param name="allowed">Tables that may hold it.</param>
    public static List<string> Places(Database database, string value, params string[] allowed) =>
        database.Read(connection =>
        {
            var tables = connection.Catalog.TextColumns(connection).Select(c => c.Table).Distinct().ToList();
            Assert.Contains("events", tables);
            List<string> places = [];
            foreach (var table in tables.Except(allowed))
                connection.Catalog.ForEachLine(connection, table, row => Look(table, row.Text(0), value, places));
            return places;
        });

    private static void Look(string table, string line, string value, List<string> places)
    {
        var at = line.IndexOf(value, StringComparison.Ordinal);
        if (at < 0) return;
        var from = Math.Max(0, at - Around);
        places.Add($"{table}: {line.Substring(from, Math.Min(2 * Around, line.Length - from))}");
    }
}
