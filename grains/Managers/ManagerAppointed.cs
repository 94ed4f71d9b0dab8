using Agency.Services;

namespace Agency.Managers;

/// <summary>The office gave the project its manager 项目服务经理: the first one, or in place of another, who has handed over by then.</summary>
/// <param name="Agent">Opaque id of the person.</param>
[GenerateSerializer, Immutable, Alias("agency.service.manager-appointed")]
public sealed record ManagerAppointed([property: Id(0)] string Agent) : ServiceFact
{
    /// <summary>Name of the text that the one who leaves hands over with.</summary>
    public const string HandoverNote = "handoverNote";
}
