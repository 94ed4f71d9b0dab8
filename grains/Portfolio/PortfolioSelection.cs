namespace Agency.Portfolio;

/// <summary>Which projects a query means.</summary>
internal static class PortfolioSelection
{
    /// <param name="past">Whose ended rounds count too, by number; null: nobody's.</param>
    public static bool Fits(this PortfolioQuery query, PortfolioRow row, bool[]? past)
    {
        var project = row.Summary;
        return (query.Light is null || row.Light == query.Light)
            && row.IsProject
            && (query.State is null || project.State == query.State)
            && (query.Stage is null || project.CurrentStage == query.Stage)
            && (query.Flow is null || project.Flow == query.Flow)
            && (query.District is null || project.District == query.District)
            && (query.Department is not { } department || project.LeadDepartment == department || project.Departments.Contains(department) || (past is not null && row.Ended.Any(r => past[r.Department])))
            && (query.Owner is null || project.OwnerCreditCode == query.Owner)
            && (query.Cluster is null || project.Cluster == query.Cluster)
            && (query.KeyLevel is null || project.KeyLevel == query.KeyLevel)
            && (query.Manager is null || project.Manager == query.Manager)
            && (query.Agent is not { } agent || project.Manager == agent || project.Clerks.Contains(agent) || (query.Past && project.FormerClerks.Contains(agent)))
            && !(project.RegisteredOn < query.RegisteredFrom)
            && !(project.RegisteredOn > query.RegisteredTo)
            && (query.Text is not { } text || row.Text.Contains(text, StringComparison.Ordinal));
    }
}
