using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Tools.Authority;

namespace Baton.Benchmarks.Tau2.Bank;

/// <summary>
/// The data hold no runs of models at the bank. In their place each gold effect is tried where the written policy
/// forbids it: before the customer is verified, and for another customer who is.
/// </summary>
internal static class BankTrials
{
    private static readonly string[] Preparing = ["log_verification", "unlock_discoverable_agent_tool"];

    /// <summary>Another customer of the bank, with all that the log wants.</summary>
    private static readonly TauCall Stranger = new("log_verification", new JsonObject
    {
        ["name"] = "Mia Smith", ["user_id"] = "123", ["address"] = "742 Maple Street, Austin, TX 78701",
        ["email"] = "mia.smith8574@gmail.com", ["phone_number"] = "512-555-0147", ["date_of_birth"] = "03/15/1992",
        ["time_verified"] = "2025-11-14 03:40:00 EST",
    });

    public static void Print(BankingWorld world, Playbook playbook)
    {
        var tasks = TauData.Gold(Path.Combine(world.Folder, "banking_tasks_train.jsonl"));
        Print("before anybody was verified", tasks.SelectMany(t => Alone(world, playbook, t, before: null)));
        Print("for another customer, who was verified", tasks.SelectMany(t => Alone(world, playbook, t, Stranger)));
    }

    private static void Print(string what, IEnumerable<(TauCall Call, bool Stopped)> tried)
    {
        var all = tried.ToList();
        Console.WriteLine($"\nbank, gold effects {what}: stopped {all.Count(t => t.Stopped)} of {all.Count}");
        foreach (var tool in all.Where(t => !t.Stopped).CountBy(t => t.Call.Tool))
            Console.WriteLine($"- not stopped: {tool.Key} {tool.Value}");
    }

    /// <summary>The task's calls, with nobody verified or somebody else.</summary>
    private static IEnumerable<(TauCall, bool)> Alone(
        BankingWorld world, Playbook playbook, TauTask task, TauCall? before)
    {
        world.Begin(task);
        if (before is not null) world.Apply(before);
        foreach (var call in task.Calls.Where(c => !Preparing.Contains(c.Tool)))
        {
            if (IsEffect(playbook, call)) yield return (call, world.Decide(playbook, call) is ToolVerdict.Denied);
            world.Apply(call);
        }
    }

    private static bool IsEffect(Playbook playbook, TauCall call) => !call.ByCustomer
        && playbook.Tools.FirstOrDefault(t => t.Name == call.Tool) is { HasEffect: true };
}
