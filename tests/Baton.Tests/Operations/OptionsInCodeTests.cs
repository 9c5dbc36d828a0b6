using Microsoft.Extensions.Hosting;

namespace Baton.Tests.Operations;

/// <summary>A host of one's own may set options in code: they are refused like those of the environment.</summary>
public sealed class OptionsInCodeTests
{
    [Fact]
    public void Are_refused_with_all_problems_at_once()
    {
        var error = Assert.Throws<BatonSettingException>(
            () => Host.CreateEmptyApplicationBuilder(null).AddBaton(options =>
        {
            options.Database = "";
            options.Jobs = options.Jobs with { Concurrency = 0, QueueLimit = -1 };
            options.Gateway = options.Gateway with { MaxMessages = 0 };
        }));

        Assert.Equal(
            ["BATON__Playbook", "BATON__Database", "BATON__Gateway__MaxMessages", "BATON__Jobs__QueueLimit",
                "BATON__Jobs__Concurrency"],
            error.Message.Split('\n').Select(line => line.Split(' ', ':')[1]));
    }

    [Fact]
    public void Are_taken_when_each_is_in_its_range()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null).AddBaton(options =>
        {
            options.Playbook = "playbook";
            options.Jobs = options.Jobs with { Concurrency = 1 };
        });

        Assert.Contains(builder.Services, service => service.ServiceType == typeof(BatonOptions));
    }
}
