using Baton.Conversations;
using Baton.Gateway;
using Baton.Privacy.Presidio;
using Baton.Storage.Jobs;
using Microsoft.Extensions.Configuration;

namespace Baton;

/// <summary>Reads settings such as <c>BATON__Jobs__QueueLimit</c> over defaults.</summary>
internal static class BatonSettings
{
    /// <summary>Name of Baton's part of a host's settings.</summary>
    public const string Section = "Baton";

    /// <summary>Everything that is set, over the defaults.</summary>
    /// <exception cref="BatonSettingException">A value cannot be used, or a name is not known.</exception>
    public static BatonOptions Read(IConfiguration configuration)
    {
        var (own, defaults) = (configuration.GetSection(Section), new BatonOptions());
        return defaults with
        {
            Playbook = own["Playbook"] ?? defaults.Playbook,
            Models = own["Models"],
            Database = own["Database"] ?? defaults.Database,
            Cache = own["Cache"],
            ToolBase = own["ToolBase"] is { Length: > 0 } address ? AddressOf("ToolBase", address) : null,
            Gateway = Bind(configuration, "Gateway", new GatewayOptions()),
            Jobs = Bind(configuration, "Jobs", new JobOptions()),
            Intake = Bind(configuration, "Intake", new IntakeOptions()),
            Presidio = Bind(configuration, "Presidio", new PresidioOptions()),
        };
    }

    /// <summary>Refuses what cannot work, before the host starts.</summary>
    /// <exception cref="BatonSettingException">A value cannot be used.</exception>
    public static void Check(BatonOptions options)
    {
        if (options.Playbook.Length == 0)
            throw new BatonSettingException("setting BATON__Playbook: is not set. Give it the folder that holds playbook.yaml.");
        if (options.Database.Length == 0)
            throw new BatonSettingException("setting BATON__Database: is empty. Give it a file, such as data/baton.db.");
    }

    /// <summary>The options with what is set under <c>Baton:{section}</c>.</summary>
    /// <exception cref="BatonSettingException">A value cannot be used, or a name is not known.</exception>
    public static T Bind<T>(IConfiguration configuration, string section, T options)
    {
        try
        {
            configuration.GetSection($"{Section}:{section}")
                .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return options;
        }
        catch (InvalidOperationException error)
        {
            throw new BatonSettingException($"setting BATON__{section}: {error.InnerException?.Message ?? error.Message}");
        }
    }

    private static Uri AddressOf(string name, string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address
        : throw new BatonSettingException($"setting BATON__{name}: '{text}' is not an address. Write something like http://127.0.0.1:8080.");
}

/// <summary>A setting cannot be used; the message names it and says what it takes.</summary>
public sealed class BatonSettingException(string message) : Exception(message);
