using System.Globalization;
using System.Reflection;
using Baton.Conversations.Inbound;
using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Privacy.Presidio;
using Baton.Storage;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Configuration;

namespace Baton.Tests.Operations;

/// <summary>What an operator writes is taken or refused in the operator's words, all at once.</summary>
public sealed class SettingsReaderTests
{
    private static readonly Dictionary<string, Func<object>> Records = new()
    {
        ["Jobs"] = () => new JobOptions(),
        ["Storage"] = () => new DatabaseOptions { Path = "x.db" },
        ["Intake"] = () => new IntakeOptions(),
        ["Gateway"] = () => new GatewayOptions(),
        ["Presidio"] = () => new PresidioOptions(),
        ["Turns"] = () => new TurnOptions(),
        ["Playbooks"] = () => new PlaybookOptions { Directory = "x" },
    };

    /// <summary>Every number and every time of every record, by name.</summary>
    public static TheoryData<string> Bounded => [.. Records.SelectMany(r => Names(r.Key, r.Value()))];

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Every_number_and_time_declares_a_range_that_holds_its_default(string setting)
    {
        var (property, options) = Find(setting);

        var range = OptionRanges.Range(property);

        Assert.NotNull(range);
        Assert.True(range.Holds(property.GetValue(options)!), $"{setting} is not within {range}");
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Takes_the_ends_of_its_range_and_refuses_what_is_outside_or_of_the_wrong_type(string setting)
    {
        var (property, _) = Find(setting);
        var range = OptionRanges.Range(property)!;
        var isTime = property.PropertyType == typeof(TimeSpan);

        Assert.Empty(ProblemsOf(setting, Written(range.Min)));
        Assert.Empty(ProblemsOf(setting, Written(range.Max)));
        string[] outside = isTime ? ["-00:00:01", "99999d"] : ["-1", "9999999999999999999"];
        foreach (var bad in (string[])[.. outside, "many", "1,5", "1;2"])
            Assert.Contains(" use ", Assert.Single(ProblemsOf(setting, bad)), StringComparison.Ordinal);
        Assert.Equal(range.Holds(Zero(property.PropertyType)) ? 0 : 1, ProblemsOf(setting, isTime ? "0s" : "0").Count);
    }

    [Theory]
    [InlineData("Jobs:Concurrency", "0", "setting BATON__Jobs__Concurrency: is 0, use 1 to 1,000")]
    [InlineData("Jobs:QueueLimit", "-1", "setting BATON__Jobs__QueueLimit: is -1, use 1 to 10,000,000")]
    [InlineData("Jobs:PollMs", "-5", "setting BATON__Jobs__PollMs: is -5, use 10 to 60,000")]
    [InlineData("Jobs:Concurrency", "many",
        "setting BATON__Jobs__Concurrency: is 'many', use a whole number, 1 to 1,000")]
    [InlineData("Jobs:Concurrency", "2.5",
        "setting BATON__Jobs__Concurrency: is '2.5', use a whole number, 1 to 1,000")]
    [InlineData("Jobs:RenewMs", "3000", "setting BATON__Jobs__RenewMs: is 3,000, use at most half of LeaseMs (4,000)")]
    [InlineData("Jobs:BackoffLimitMs", "10",
        "setting BATON__Jobs__BackoffLimitMs: is 10, use at least BackoffMs (1,000)")]
    [InlineData("Jobs:Concurency", "4",
        "setting BATON__Jobs__Concurency: unknown; did you mean BATON__Jobs__Concurrency?")]
    [InlineData("Job:Concurrency", "4", "setting BATON__Job: unknown; did you mean BATON__Jobs?")]
    [InlineData("Jobs", "4", "setting BATON__Jobs: is a group; set one of its own, such as BATON__Jobs__QueueLimit")]
    [InlineData("Jobs:Concurrency:Max", "4",
        "setting BATON__Jobs__Concurrency__Max: unknown; BATON__Jobs__Concurrency has one value")]
    [InlineData("Gateway:ReceiptGather", "00:05:00", "setting BATON__Gateway__ReceiptGather: is 5m, use 0s to 1s")]
    [InlineData("Gateway:ReceiptGather", "20",
        "setting BATON__Gateway__ReceiptGather: is '20', use a time such as 30s or 00:00:30, 0s to 1s")]
    [InlineData("Gateway:TraceContent", "yes", "setting BATON__Gateway__TraceContent: is 'yes', use true or false")]
    [InlineData("Gateway:Breaker:FailureRatio", "80",
        "setting BATON__Gateway__Breaker__FailureRatio: is 80, use 0.01 to 1")]
    [InlineData("Gateway:Breaker:FailureRatio", "NaN",
        "setting BATON__Gateway__Breaker__FailureRatio: is NaN, use 0.01 to 1")]
    [InlineData("Presidio:Address", "presidio:3000",
        "setting BATON__Presidio__Address: is 'presidio:3000', use an address such as http://127.0.0.1:3000")]
    [InlineData("Presidio:Language", "english",
        "setting BATON__Presidio__Language: is 'english', use an ISO 639-1 code such as en")]
    [InlineData("Storage:Path", "other.db", "setting BATON__Storage__Path: unknown; known: BusyTimeoutMs, ")]
    [InlineData("Turns:PastTickets", "true",
        "setting BATON__Turns__PastTickets: unknown; known: Attempts, ToolAttempts")]
    [InlineData("Playbooks:Limits:Files", "0", "setting BATON__Playbooks__Limits__Files: is 0, use 1 to 100,000")]
    public void Names_the_setting_what_is_wrong_and_what_would_be_right(string key, string value, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Refused((key, value))), StringComparison.Ordinal);

    [Fact]
    public void Reports_all_problems_at_once() =>
        Assert.Equal(
            3, Refused(("Jobs:Concurrency", "0"), ("Gateway:MaxMessages", "none"), ("Intake:Subject", "1")).Count);

    [Theory]
    [InlineData("jobs:queuelimit", "7")]
    [InlineData("Jobs:QueueLimit", " 7 ")]
    public void Takes_a_value_whatever_the_case_of_its_name(string key, string value)
    {
        var options = Reader((key, value)).Read("Jobs", new JobOptions());

        Assert.Equal(7, options.QueueLimit);
    }

    [Theory]
    [InlineData("20ms")]
    [InlineData("00:00:00.020")]
    public void Takes_times_as_playbooks_and_as_the_platform_write_them(string value) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(20),
            Reader(("Gateway:RetryDelay", value)).Read("Gateway", new GatewayOptions()).RetryDelay);

    [Theory]
    [InlineData("Tools:PrivateHosts:0", null)]
    [InlineData("Tools:PrivateHost:0",
        "setting BATON__Tools__PrivateHost: unknown; did you mean BATON__Tools__PrivateHosts?")]
    public void Checks_the_names_of_a_group_that_holds_lists(string key, string? problem)
    {
        var reader = Reader((key, "orders.internal"));
        reader.Names("Tools", "PrivateHosts");

        Assert.Equal(problem, Record.Exception(reader.Close)?.Message);
    }

    [Fact]
    public void Takes_an_empty_value_for_not_set() =>
        Assert.Equal(new JobOptions(), Reader(("Jobs:Concurrency", "")).Read("Jobs", new JobOptions()));

    [Fact]
    public void Leaves_what_is_not_set_as_the_command_wants_it() =>
        Assert.Equal(512, Reader(("Jobs:PollMs", "100")).Read("Jobs", new JobOptions { Ahead = 512 }).Ahead);

    private static IReadOnlyList<string> Refused(params (string Key, string Value)[] settings)
    {
        var reader = Reader(settings);
        foreach (var (section, options) in Records)
            reader.Read(section, options(), section switch
            {
                "Storage" => ["Path", "AllowLoss"], "Turns" => ["PastTickets", "Acts"],
                "Playbooks" => ["Directory", "ModelsFile"], _ => [],
            });
        return Assert.Throws<BatonSettingException>(reader.Close).Message.Split('\n');
    }

    /// <summary>Problems of one setting alone; those of a neighbour that depends on it are another test's.</summary>
    private static IReadOnlyList<string> ProblemsOf(string setting, string value)
    {
        var parts = setting.Split(':', 2);
        var reader = Reader((setting, value));
        reader.Read(parts[0], Records[parts[0]]());
        var name = "setting BATON__" + setting.Replace(":", "__", StringComparison.Ordinal) + ":";
        return Record.Exception(reader.CloseSections) is BatonSettingException error
            ? [.. error.Message.Split('\n').Where(p =>
                p.StartsWith(name, StringComparison.Ordinal) && !p.Contains("Ms (", StringComparison.Ordinal))]
            : [];
    }

    private static SettingsReader Reader(params (string Key, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Baton:" + s.Key, (string?)s.Value))).Build());

    private static IEnumerable<string> Names(string prefix, object options) =>
        OptionRanges.Of(options.GetType()).SelectMany(property =>
            OptionRanges.IsGroup(property.PropertyType)
                ? Names($"{prefix}:{property.Name}", property.GetValue(options)!)
                : IsBounded(property.PropertyType) ? [$"{prefix}:{property.Name}"] : []);

    private static bool IsBounded(Type type) =>
        type == typeof(TimeSpan) || (type.IsPrimitive && type != typeof(bool));

    private static (PropertyInfo Property, object Options) Find(string setting)
    {
        var parts = setting.Split(':');
        var options = Records[parts[0]]();
        foreach (var group in parts[1..^1]) options = options.GetType().GetProperty(group)!.GetValue(options)!;
        return (options.GetType().GetProperty(parts[^1])!, options);
    }

    private static string Written(object value) =>
        value is TimeSpan time ? time.ToString("c") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static object Zero(Type type) => Activator.CreateInstance(type)!;
}
