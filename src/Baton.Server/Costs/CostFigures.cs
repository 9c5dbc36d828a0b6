using Baton.Conversations.Tickets;
using Baton.Gateway.Keys;
using Baton.Gateway.Money;
using Baton.Playbooks.Models;
using Baton.Storage;

namespace Baton.Server.Costs;

/// <summary>
/// What models cost in the days that were asked for. The command, the API and the page show these figures.
/// </summary>
/// <param name="Days">Days that were asked for.</param>
/// <param name="Spent">Days since the first receipt among them, at least one: what a rate per day is taken
/// over.</param>
public sealed record CostFigures(
    CostReport Report, int Days, double Spent, IReadOnlyList<BudgetBurn> Budgets, IReadOnlyDictionary<string,
    string> KeyNames)
{
    public const int MostDays = 3660;

    /// <summary>Customers and keys shown per budget.</summary>
    private const int SubjectsPerBudget = 5;

    /// <exception cref="ArgumentException">The number of days is out of range.</exception>
    internal static CostFigures Read(Database database, BudgetPolicy budgets, int days)
    {
        if (days is < 1 or > MostDays) throw new ArgumentException($"days is {days}: choose 1 to {MostDays}");
        var now = database.Clock.GetUtcNow();
        var from = now.AddDays(-days);
        var keys = new VirtualKeyStore(database, database.Clock).List();
        return database.Read(connection =>
        {
            var report = new CostReport(
                ReceiptStore.Costs(connection, from, now.AddDays(1)), TicketQueries.Intents(connection, from));
            var spent = report.First is { } first ? Math.Clamp((now - first).TotalDays, 1, days) : days;
            return new CostFigures(report, days, spent,
                BudgetBurn.Read(connection, budgets, keys, now, SubjectsPerBudget),
                    keys.ToDictionary(k => k.Id, k => k.Name));
        });
    }

    /// <summary>Lines of a cut; keys go by their names.</summary>
    /// <exception cref="ArgumentException">There is no such cut.</exception>
    public IReadOnlyList<CostLine> Lines(string by) => by == "key"
        ? [.. Report.By(by).Select(l => l with { Name = KeyNames.GetValueOrDefault(l.Name, l.Name) })]
        : Report.By(by);

    /// <summary>Whom a budget is for, in words.</summary>
    public string Subject(BudgetBurn burn) => burn.Scope switch
    {
        BudgetScope.All => "everything",
        BudgetScope.Customer => $"customer {burn.Subject}",
        _ => $"key {KeyNames.GetValueOrDefault(burn.Subject, burn.Subject)}",
    };
}
